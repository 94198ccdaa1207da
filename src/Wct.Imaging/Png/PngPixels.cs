namespace Wct.Imaging.Png;

/// <summary>Turns rows of samples, as they are in the file, into pixels of 8 bits per component.</summary>
internal abstract class PngPixels
{
    /// <summary>Layout of the pixels given.</summary>
    internal abstract PixelLayout Layout { get; }

    /// <summary>The conversion that a file needs.</summary>
    internal static PngPixels For(PngFileHead head)
    {
        // Few bits of gray are a palette too: it spares every combination with transparency a loop of its own.
        bool indexed = head.Header.ColorType == PngColorType.Palette || head.Header.BitDepth < 8;
        return indexed ? new PngIndexedPixels(head) : new PngDirectPixels(head);
    }

    /// <summary>Converts a row.</summary>
    /// <param name="samples">The row's bytes; where a pixel takes less than one, the first pixel is in the highest bits.</param>
    /// <param name="pixels">[pixels, components], as many as are wanted; overlaps nothing.</param>
    /// <exception cref="ImageFormatException">A pixel's index is not in the palette, and reading is strict.</exception>
    internal abstract void Convert(ReadOnlySpan<byte> samples, Span<byte> pixels);
}
