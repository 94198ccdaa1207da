namespace Wct.Imaging;

/// <summary>Checks a picture's size against the limits, before memory is allocated for it.</summary>
internal static class ImageSize
{
    /// <summary>Longest row in bytes: the longest array, minus the padding that codecs keep around a row.</summary>
    private static int LongestRow => Array.MaxLength - 64;

    /// <summary>Throws if a picture is over the caller's limit, or if a row is longer than an array.</summary>
    /// <param name="source">The file's name, for the message.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bytesPerPixel">Bytes of a pixel in the file or in memory, whichever is more.</param>
    /// <param name="options">Contains the limit.</param>
    /// <exception cref="ImageFormatException">The picture is too large, or a side is below 1.</exception>
    public static void Check(string source, int width, int height, int bytesPerPixel, ImageReadOptions options)
    {
        if (width < 1 || height < 1)
            throw new ImageFormatException(source, $"{width}x{height} pixels; both sides must be at least 1");
        long pixels = (long)width * height;
        if (pixels > options.MaxPixels)
        {
            throw new ImageFormatException(source, $"{width}x{height} are {pixels} pixels, the limit is {options.MaxPixels}")
            {
                Kind = ImageProblemKind.TooManyPixels,
            };
        }

        long row = (long)width * bytesPerPixel;
        if (row > LongestRow)
            throw new ImageFormatException(source, $"a row of {width} pixels takes {row} bytes, {LongestRow} are possible");
    }

    /// <summary>Length in bytes of a row to write.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or a row is longer than an array.</exception>
    public static int Stride(int width, int height, PixelLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LongestRow / 4);
        return width * layout.BytesPerPixel();
    }
}
