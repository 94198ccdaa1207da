namespace Wct.Imaging.Png;

/// <summary>A row's bytes with zeros before them and room behind, so that filters need no special first pixel or last vector.</summary>
/// <param name="length">Bytes of the longest row that is put in.</param>
internal sealed class PngRow(int length)
{
    /// <summary>Bytes before the row, always zero, and bytes behind it that may be read and overwritten: one vector.</summary>
    internal const int Margin = 16;

    /// <summary>Margin, row, margin.</summary>
    internal byte[] Padded { get; } = new byte[length + 2 * Margin];

    /// <summary>The row.</summary>
    internal Span<byte> Bytes => Padded.AsSpan(Margin, length);
}
