namespace Wct.Net.Transparency;

/// <summary>Records which pixels of a picture are visible, that is, have an alpha above 0. The colors of hidden pixels must have no
/// effect.</summary>
/// <remarks>Takes one bit per pixel, allocated at the first hidden pixel. A picture without hidden pixels takes no memory, only a scan of
/// its alpha.</remarks>
internal sealed class Visibility(int width, int height)
{
    private const int BytesPerPixel = 4, Alpha = 3, WordBits = 64;

    private readonly int _words = (width + WordBits - 1) / WordBits;

    // [height, words]; a bit is set if its pixel is hidden.
    private ulong[]? _hidden;
    private long _count;

    internal int Width => width;

    internal int Height => height;

    /// <summary>Whether any pixel is hidden.</summary>
    internal bool HasHidden => _count > 0;

    /// <summary>Whether any pixel is visible.</summary>
    internal bool HasVisible => _count < (long)width * height;

    /// <summary>A picture's visibility; null if all pixels are visible.</summary>
    internal static Visibility? Of(Pixels pixels)
    {
        if (!pixels.Layout.HasAlpha())
            return null;
        Visibility visibility = new(pixels.Width, pixels.Height);
        visibility.Add(0, pixels.Height, pixels.Bytes, pixels.Stride);
        return visibility.HasHidden ? visibility : null;
    }

    /// <summary>Records the hidden pixels of some rows.</summary>
    /// <param name="first">The first row's index in the picture.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rows">Four bytes per pixel; the last one is alpha.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    internal void Add(int first, int count, ReadOnlySpan<byte> rows, int stride)
    {
        for (int y = 0; y < count; y++)
        {
            ReadOnlySpan<byte> row = rows.Slice(checked(y * stride), width * BytesPerPixel);
            for (int x = 0; x < width; x++)
            {
                if (row[x * BytesPerPixel + Alpha] == 0)
                    Hide(first + y, x);
            }
        }
    }

    /// <summary>Whether a pixel is hidden.</summary>
    internal bool IsHidden(int y, int x) => _hidden is not null && (_hidden[(long)y * _words + x / WordBits] >> (x % WordBits) & 1) != 0;

    /// <summary>Whether any pixel of some rows is hidden.</summary>
    internal bool AnyHidden(int first, int count) =>
        _hidden is not null && _hidden.AsSpan(checked(first * _words), checked(count * _words)).ContainsAnyExcept(0ul);

    private void Hide(int y, int x)
    {
        _hidden ??= new ulong[(long)height * _words];
        _hidden[(long)y * _words + x / WordBits] |= 1ul << (x % WordBits);
        _count++;
    }
}
