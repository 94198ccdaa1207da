using Wct.Kernels;

namespace Wct.Native;

/// <summary>Writes rows in RGB into a caller's memory, in its layout; alpha becomes 255.</summary>
/// <param name="pixels">The caller's memory, which must be large enough for all rows.</param>
/// <param name="width">Pixels per row.</param>
/// <param name="stride">Bytes from one row to the next.</param>
/// <param name="layout">Layout of the memory's pixels.</param>
internal sealed unsafe class TargetWriter(byte* pixels, int width, int stride, PixelLayout layout) : IPixelWriter
{
    private readonly ChannelOffsets _offsets = layout.Offsets();
    private byte* _row = pixels;

    /// <inheritdoc/>
    public void WriteRows(ReadOnlySpan<byte> rows)
    {
        const int Rgb = 3, Alpha = 3;
        for (; !rows.IsEmpty; rows = rows[(width * Rgb)..], _row += stride)
        {
            for (int x = 0; x < width; x++)
            {
                byte* pixel = _row + (long)x * _offsets.BytesPerPixel;
                (pixel[_offsets.Red], pixel[_offsets.Green], pixel[_offsets.Blue]) = (rows[x * Rgb], rows[x * Rgb + 1], rows[x * Rgb + 2]);
                if (layout.HasAlpha())
                    pixel[Alpha] = byte.MaxValue;
            }
        }
    }
}
