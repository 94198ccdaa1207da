using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.PixelFormats;

namespace Wct.ImageSharp;

/// <summary>Reads rows of a frame, converted to 8 bits per component. Samples of 16 bits are rounded to the nearest.</summary>
internal sealed class FrameReader<TPixel>(Frame<TPixel> frame) : IPixelReader
    where TPixel : unmanaged, IPixel<TPixel>
{
    private int _row;

    /// <inheritdoc/>
    public int Width => frame.Area.Width;

    /// <inheritdoc/>
    public int Height => frame.Area.Height;

    /// <inheritdoc/>
    public PixelLayout Layout => FrameType<TPixel>.Layout;

    /// <inheritdoc/>
    public long HeldBytes => (long)Width * Height * Unsafe.SizeOf<TPixel>();

    /// <inheritdoc/>
    public void ReadRows(Span<byte> destination)
    {
        int length = Width * Layout.BytesPerPixel();
        for (int at = 0; at < destination.Length; at += length)
        {
            Span<byte> row = destination.Slice(at, length);
            if (Layout == PixelLayout.Rgb24)
                PixelOperations<TPixel>.Instance.ToRgb24(frame.Configuration, frame.Row(_row++), MemoryMarshal.Cast<byte, Rgb24>(row));
            else
                PixelOperations<TPixel>.Instance.ToRgba32(frame.Configuration, frame.Row(_row++), MemoryMarshal.Cast<byte, Rgba32>(row));
        }
    }
}
