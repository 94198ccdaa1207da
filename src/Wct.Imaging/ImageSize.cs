namespace Wct.Imaging;

/// <summary>The limits that every format holds a picture's size against, before it takes memory.</summary>
internal static class ImageSize
{
    /// <summary>Bytes: an array less the padding that codecs keep around a row.</summary>
    private static int LongestRow => Array.MaxLength - 64;

    /// <summary>Refuses pictures over the caller's limit, and rows longer than an array.</summary>
    /// <param name="source">What is read, for the message.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bytesPerPixel">The most that a pixel takes, in the file or in memory.</param>
    /// <param name="options">Holds the limit.</param>
    /// <exception cref="ImageFormatException">The picture is too large, or a side is below 1.</exception>
    public static void Check(string source, int width, int height, int bytesPerPixel, ImageReadOptions options)
    {
        if (width < 1 || height < 1)
            throw new ImageFormatException(source, $"{width}x{height} pixels; both sides must be at least 1");
        long pixels = (long)width * height;
        if (pixels > options.MaxPixels)
            throw new ImageFormatException(source, $"{width}x{height} are {pixels} pixels, the limit is {options.MaxPixels}");

        long row = (long)width * bytesPerPixel;
        if (row > LongestRow)
            throw new ImageFormatException(source, $"a row of {width} pixels takes {row} bytes, {LongestRow} are possible");
    }

    /// <summary>Bytes of a row that is to be written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or a row longer than an array.</exception>
    public static int Stride(int width, int height, PixelLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LongestRow / 4);
        return width * layout.BytesPerPixel();
    }
}
