namespace Wct.Imaging.Magick;

/// <summary>Checks that a picture can be decoded within limits, before memory is allocated for it.</summary>
internal static class DecodingLimits
{
    // A pixel takes four bytes in ImageMagick's memory, and about as much in a decoder's.
    private const int BytesPerPixel = 8;

    // The decoders of HEIC, AVIF, JPEG XL and JPEG 2000 can't be stopped. A file of some hundred bytes, whose header announces a large
    // picture, would keep them busy for minutes. Pictures up to 16 megapixels take about a second. Larger ones must have one byte for
    // each 4096 pixels, which only blank pictures don't have.
    private const long FreePixels = 1 << 24, PixelsPerByte = 1 << 12;

    /// <summary>Throws if a picture is over a limit.</summary>
    /// <param name="source">The file's name, for the message.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <param name="options">The caller's limits.</param>
    /// <exception cref="ImageFormatException">The picture is too large.</exception>
    internal static void Check(string source, uint width, uint height, long fileLength, ImageReadOptions options)
    {
        ImageSize.Check(source, (int)Math.Min(int.MaxValue, width), (int)Math.Min(int.MaxValue, height), 4, options);
        long pixels = (long)width * height, bytes = pixels * BytesPerPixel, most = options.MaxMemory ?? MagickLibrary.MaxMemory;
        if (bytes > most)
            throw new ImageFormatException(source, $"{width}x{height} pixels take {bytes} bytes of memory to decode, the limit is {most}");
        if (pixels > FreePixels && pixels / PixelsPerByte > fileLength)
        {
            throw new ImageFormatException(
                source, $"{width}x{height} pixels in {fileLength} bytes; pictures over {FreePixels} pixels must have at least "
                    + $"{pixels / PixelsPerByte}");
        }
    }
}
