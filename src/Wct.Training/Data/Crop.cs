using Wct.Imaging;
using Wct.Kernels;

namespace Wct.Training.Data;

/// <summary>Reads pictures and cuts squares out of them.</summary>
public static class Crop
{
    // Largest ratio of the sides. If the shorter side of a narrower picture were resized, the picture could take gigabytes.
    private const int MostAspect = 32;

    /// <summary>Reads a picture and resizes it so that its shorter side has <paramref name="side"/> pixels.</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">Pixels of the shorter side.</param>
    /// <param name="damage">Called with one line, the path and the problem, for each defect of a file that can still be read. Null ignores
    /// defects.</param>
    /// <exception cref="ImageFormatException">The file isn't a readable picture, or one side is more than 32 times the other.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static PixelImage Read(string path, int side, Action<string>? damage = null)
    {
        using ImageReader reader = ImageFile.Open(path);
        PixelImage picture = reader.ReadAll().ToRgb();
        int shorter = Math.Min(picture.Width, picture.Height);
        if (Math.Max(picture.Width, picture.Height) / MostAspect > shorter)
            throw new ImageFormatException(
                path, $"is {picture.Width}x{picture.Height}, too narrow: one side may be {MostAspect} times the other");
        // Warnings are reported only if the picture is used. Otherwise they would distract from the reason of the rejection.
        foreach (string warning in reader.Warnings)
            damage?.Invoke($"{path}: {warning}");
        if (shorter == side)
            return picture;
        PixelImage resized = new(Scale(picture.Width, side, shorter), Scale(picture.Height, side, shorter), PixelLayout.Rgb24);
        Resample.Bicubic(
            picture.Bytes, picture.Width, picture.Height, picture.Stride, 3, resized.Bytes, resized.Width, resized.Height, resized.Stride);
        return resized;
    }

    /// <summary>Whether an error of <see cref="Read"/> concerns only this file, so that another file can replace it.</summary>
    internal static bool IsUnreadable(Exception error) => error is ImageFormatException or IOException or UnauthorizedAccessException;

    /// <summary>Cuts out a square.</summary>
    /// <param name="picture">The picture, RGB.</param>
    /// <param name="left">The square's first column.</param>
    /// <param name="top">The square's first row.</param>
    /// <param name="side">Pixels per side of the square, which must be inside the picture.</param>
    /// <param name="flip">Whether to exchange left and right.</param>
    internal static PixelImage Cut(PixelImage picture, int left, int top, int side, bool flip)
    {
        PixelImage crop = new(side, side, PixelLayout.Rgb24);
        for (int y = 0; y < side; y++)
        {
            ReadOnlySpan<byte> source = picture.Row(top + y).Slice(left * 3, side * 3);
            Span<byte> target = crop.Row(y);
            source.CopyTo(target);
            for (int x = 0; flip && x < side; x++)
                source.Slice((side - 1 - x) * 3, 3).CopyTo(target[(x * 3)..]);
        }

        return crop;
    }

    /// <summary>Cuts out the largest square in the middle whose side is a multiple of <paramref name="grain"/> and at most
    /// <paramref name="side"/>.</summary>
    internal static PixelImage Middle(PixelImage picture, int side, int grain)
    {
        int size = Math.Max(grain, Math.Min(side, Math.Min(picture.Width, picture.Height)) / grain * grain);
        return Cut(picture, (picture.Width - size) / 2, (picture.Height - size) / 2, size, flip: false);
    }

    /// <summary>Converts a picture to a tensor with samples in 0..1.</summary>
    internal static Tensor Load(Backend backend, PixelImage picture)
    {
        Tensor tensor = backend.Allocate(new TensorShape(3, picture.Height, picture.Width));
        backend.LoadPixels(picture.Bytes, picture.Width, picture.Height, picture.Stride, PixelLayout.Rgb24, tensor);
        return tensor;
    }

    private static int Scale(int length, int side, int shorter) => (int)Math.Max(1, (2L * length * side + shorter) / (2L * shorter));
}
