using System.Diagnostics.CodeAnalysis;

namespace Wct.Bindings;

/// <summary>A picture in memory of its own: rows from top to bottom.</summary>
public sealed class PixelImage
{
    /// <summary>A black (and, with alpha, transparent) picture without gaps between its rows.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <exception cref="ArgumentException">A side is below 1, or the picture needs more bytes than an array holds.</exception>
    public PixelImage(int width, int height, PixelLayout layout = PixelLayout.Rgb24)
        : this(PixelRows.Allocate(width, height, layout), width, height, 0, layout)
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
        Bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));
        Stride = PixelRows.Check(bytes.Length, width, height, stride, layout, nameof(bytes));
        (Width, Height, Layout) = (width, height, layout);
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Layout of a pixel.</summary>
    public PixelLayout Layout { get; }

    /// <summary>The pixels.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "The picture's own memory, to write to.")]
    public byte[] Bytes { get; }
}
