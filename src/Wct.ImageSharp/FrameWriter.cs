using System.Numerics;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.PixelFormats;

namespace Wct.ImageSharp;

/// <summary>Stores rows in a frame, converted from 8 bits per component. The frame's alpha is kept, also where it has more bits.</summary>
internal sealed class FrameWriter<TPixel>(Frame<TPixel> frame) : IPixelWriter
    where TPixel : unmanaged, IPixel<TPixel>
{
    private readonly TPixel[] _converted = new TPixel[FrameType<TPixel>.Layout == PixelLayout.Rgb24 ? 0 : frame.Area.Width];
    private int _row;

    /// <inheritdoc/>
    public void WriteRows(ReadOnlySpan<byte> source)
    {
        PixelLayout layout = FrameType<TPixel>.Layout;
        int length = frame.Area.Width * layout.BytesPerPixel();
        for (int at = 0; at < source.Length; at += length)
        {
            ReadOnlySpan<byte> row = source.Slice(at, length);
            Span<TPixel> to = frame.Row(_row++);
            if (layout == PixelLayout.Rgb24)
            {
                PixelOperations<TPixel>.Instance.FromRgb24(frame.Configuration, MemoryMarshal.Cast<byte, Rgb24>(row), to);
            }
            else
            {
                PixelOperations<TPixel>.Instance.FromRgba32(frame.Configuration, MemoryMarshal.Cast<byte, Rgba32>(row), _converted);
                KeepAlpha(to, _converted);
                _converted.CopyTo(to);
            }
        }
    }

    private static void KeepAlpha(ReadOnlySpan<TPixel> old, Span<TPixel> pixels)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            Vector4 pixel = pixels[x].ToScaledVector4();
            float alpha = old[x].ToScaledVector4().W;
            if (pixel.W == alpha)
                continue;
            pixel.W = alpha;
            pixels[x].FromScaledVector4(pixel);
        }
    }
}
