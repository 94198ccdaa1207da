namespace Wct.Net;

/// <summary>A view of a picture in memory that the caller owns.</summary>
/// <remarks>The default value is no picture. Methods throw <see cref="ArgumentException"/> for it.</remarks>
public readonly ref struct Pixels
{
    /// <summary>Describes a picture; the bytes are not copied.</summary>
    /// <param name="bytes">Rows from top to bottom.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next, at least a row's bytes; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <exception cref="ArgumentException">A side is below 1, a row takes more than 2^31 - 1 bytes, the stride is shorter than a row, bytes
    /// are missing, or the layout is not defined.</exception>
    public Pixels(ReadOnlySpan<byte> bytes, int width, int height, int stride, PixelLayout layout)
    {
        Stride = PixelRows.Check(bytes.Length, width, height, stride, layout, nameof(bytes));
        Bytes = bytes;
        (Width, Height, Layout) = (width, height, layout);
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Layout of a pixel.</summary>
    public PixelLayout Layout { get; }

    /// <summary>Converts a picture without copying its bytes.</summary>
    /// <param name="image">The picture. It owns the memory.</param>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    public static implicit operator Pixels(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new Pixels(image.Bytes, image.Width, image.Height, image.Stride, image.Layout);
    }
}
