namespace Wct.Imaging.Png;

/// <summary>A row's bytes with a margin of zeros before them and a margin after them, so that filters need no special case for the first
/// pixel and the last vector.</summary>
/// <param name="length">Bytes of the longest row.</param>
internal sealed class PngRow(int length)
{
    /// <summary>Bytes of each margin: one vector. The bytes before the row are zero. The bytes after it may be read and
    /// overwritten.</summary>
    internal const int Margin = 16;

    /// <summary>Margin, row, margin.</summary>
    internal byte[] Padded { get; } = new byte[length + 2 * Margin];

    /// <summary>The row.</summary>
    internal Span<byte> Bytes => Padded.AsSpan(Margin, length);
}
