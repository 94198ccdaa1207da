using Wct.Imaging;
using Wct.Kernels;

namespace Wct.Cli.Stylize;

/// <summary>Reads pictures in the size that is asked for.</summary>
internal static class Pictures
{
    // Beyond, a picture is read by rows while the work goes on; below, whole, while the weights are read.
    internal const long WholePixels = 1 << 22;

    /// <summary>Opens a file, and resizes the picture if asked to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">Pixels of the shorter side; 0 leaves the size.</param>
    /// <param name="limits">Hold before and after resizing.</param>
    /// <param name="memory">Bytes that the user allows the whole process; null for the default.</param>
    /// <param name="warnings">Told what is damaged once the picture is read.</param>
    /// <exception cref="Failure">The file can't be read, or would become too large.</exception>
    /// <exception cref="ImageFormatException">The file is no picture that can be read.</exception>
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
        // Both sides are below 2^52 here, so that only their product may leave the range.
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

    // What one side becomes when the shorter of the two becomes 'side': rounded, at least 1.
    private static long Scale(int length, int side, int other)
    {
        long shorter = Math.Min(length, other);
        return Math.Max(1, ((long)length * side * 2 + shorter) / (shorter * 2));
    }
}
