using Wct.Imaging;
using Wct.Kernels;

namespace Wct.Cli.Stylize;

/// <summary>Opens pictures and resizes them on request.</summary>
internal static class Pictures
{
    // Larger pictures are read row by row during the work. Smaller ones are read whole, while the weights are loaded.
    internal const long WholePixels = 1 << 22;

    /// <summary>Opens a file, and resizes the picture on request.</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">Length of the shorter side after resizing, in pixels; 0 keeps the size.</param>
    /// <param name="limits">Limits that apply before and after resizing.</param>
    /// <param name="memory">The user's memory budget for the whole process in bytes; null for the default.</param>
    /// <param name="warnings">Prints the warnings after the picture was read.</param>
    /// <exception cref="Failure">The file can't be read, or the resized picture would be too large.</exception>
    /// <exception cref="ImageFormatException">The file is not a picture that can be read.</exception>
    internal static PictureRows Open(string path, int side, ImageReadOptions limits, long? memory, PictureWarnings warnings)
    {
        if (Directory.Exists(path))
            throw new Failure($"{path}: is a folder, not a picture");
        return FileErrors.Naming(path, () =>
        {
            ImageReader reader = ImageFile.Open(path, limits);
            bool keepsSize = side == 0 || side == Math.Min(reader.Width, reader.Height);
            if (keepsSize && (long)reader.Width * reader.Height > WholePixels)
                return new PictureRows(path, reader, warnings);
            using (reader)
            {
                return new PictureRows(path, keepsSize ? reader.ReadAll() : Resize(path, reader, side, limits, memory), reader, warnings);
            }
        });
    }

    private static PixelImage Resize(string path, ImageReader picture, int side, ImageReadOptions limits, long? memory)
    {
        long width = Scale(picture.Width, side, picture.Height), height = Scale(picture.Height, side, picture.Width);
        // Both sides are below 2^52 here, so only their product can overflow.
        if ((Int128)width * height > limits.MaxPixels || Math.Max(width, height) > int.MaxValue / 4)
            throw new Failure(
                $"{path}: resized to {width}x{height} it has more than {limits.MaxPixels} pixels, the limit; --max-pixels raises it");
        ReadingMemory.Check(path, width, height, picture.Layout.BytesPerPixel(), memory);
        PixelImage resized = new((int)width, (int)height, picture.Layout);
        Resample.Bicubic(
            picture.ReadRows, picture.Width, picture.Height, picture.Layout.BytesPerPixel(),
            resized.Bytes, resized.Width, resized.Height, resized.Stride);
        ReadingMemory.GiveBack((long)picture.Width * picture.Height);
        return resized;
    }

    // The length of a side, rounded and at least 1, if the shorter of both sides is scaled to 'side'.
    private static long Scale(int length, int side, int other)
    {
        long shorter = Math.Min(length, other);
        return Math.Max(1, ((long)length * side * 2 + shorter) / (shorter * 2));
    }
}
