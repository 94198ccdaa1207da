namespace Wct.Imaging.Png;

/// <summary>Converts rows of samples from the file to pixels with 8 bits per component.</summary>
internal abstract class PngPixels
{
    /// <summary>Layout of the converted pixels.</summary>
    internal abstract PixelLayout Layout { get; }

    /// <summary>Creates the conversion for a file.</summary>
    internal static PngPixels For(PngFileHead head)
    {
        // Gray with less than 8 bits uses a table too. Otherwise it would need its own loops, with and without transparency.
        bool indexed = head.Header.ColorType == PngColorType.Palette || head.Header.BitDepth < 8;
        return indexed ? new PngIndexedPixels(head) : new PngDirectPixels(head);
    }

    /// <summary>Converts a row.</summary>
    /// <param name="samples">The row's bytes. If a pixel is smaller than a byte, the first pixel is in the highest bits.</param>
    /// <param name="pixels">Receives the pixels, [pixels, components]. Must not overlap the samples.</param>
    /// <exception cref="ImageFormatException">A pixel's index is not in the palette, and reading is strict.</exception>
    internal abstract void Convert(ReadOnlySpan<byte> samples, Span<byte> pixels);
}
