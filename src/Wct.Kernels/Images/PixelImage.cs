using System.Diagnostics.CodeAnalysis;

namespace Wct;

/// <summary>A picture in an array, with rows from top to bottom.</summary>
public sealed class PixelImage
{
    /// <summary>Creates a black picture without gaps between its rows. If the layout has alpha, it is transparent.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <exception cref="ArgumentException">A side is below 1, or the picture needs more bytes than an array holds.</exception>
    public PixelImage(int width, int height, PixelLayout layout = PixelLayout.Rgb24)
        : this(Allocate(width, height, layout), width, height, 0, layout)
    {
    }

    /// <summary>Wraps an array; it is not copied.</summary>
    /// <param name="bytes">Rows from top to bottom.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <exception cref="ArgumentException">A side is below 1, the stride is shorter than a row, or bytes are missing.</exception>
    public PixelImage(byte[] bytes, int width, int height, int stride = 0, PixelLayout layout = PixelLayout.Rgb24)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        Stride = PixelRows.Check(bytes.Length, width, height, stride, layout, nameof(bytes));
        (Bytes, Width, Height, Layout) = (bytes, width, height, layout);
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Layout of a pixel.</summary>
    public PixelLayout Layout { get; }

    /// <summary>The pixels: row y begins at y times <see cref="Stride"/>.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "The picture's own memory, to write to.")]
    public byte[] Bytes { get; }

    /// <summary>The bytes of a row, without the gap after it.</summary>
    /// <param name="y">The row, 0 at the top.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return Bytes.AsSpan(y * Stride, Width * Layout.BytesPerPixel());
    }

    /// <summary>Converts the picture to <see cref="PixelLayout.Rgb24"/> without gaps. Transparent pixels are blended with white.</summary>
    /// <returns>This picture if it has this form already, otherwise a copy.</returns>
    /// <exception cref="ArgumentException">The picture needs more bytes than an array holds.</exception>
    public PixelImage ToRgb()
    {
        if (Layout == PixelLayout.Rgb24 && Stride == 3 * Width)
            return this;
        PixelImage rgb = new(Width, Height);
        for (int y = 0; y < Height; y++)
            LayoutConversion.ToRgb(Row(y), Layout, rgb.Row(y));
        return rgb;
    }

    private static byte[] Allocate(int width, int height, PixelLayout layout)
    {
        Int128 length = (Int128)Math.Max(0, width) * Math.Max(0, height) * layout.BytesPerPixel();
        if (length > Array.MaxLength)
            throw new ArgumentException($"{width}x{height} pixels need {length} bytes, an array holds {Array.MaxLength}.", nameof(height));
        return new byte[(int)length];
    }
}
