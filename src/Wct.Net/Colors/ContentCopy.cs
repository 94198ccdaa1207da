namespace Wct.Net.Colors;

/// <summary>The content's colors, kept until the result is finished: RGB, with hidden pixels filled.</summary>
/// <param name="width">Pixels per row.</param>
/// <param name="height">Rows.</param>
internal sealed class ContentCopy(int width, int height)
{
    private const int Size = 3, RowsPerBlock = 64;

    // A picture may have more bytes than an array can hold.
    private readonly byte[]?[] _blocks = new byte[]?[(height + RowsPerBlock - 1) / RowsPerBlock];

    /// <summary>Bytes of a row.</summary>
    internal int Stride { get; } = checked(width * Size);

    /// <summary>Bytes that a copy takes.</summary>
    internal static long Bytes(int width, int height) => (long)width * height * Size;

    /// <summary>Stores rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">[count, width, 3].</param>
    internal void Put(int first, ReadOnlySpan<byte> rows)
    {
        for (int y = first; !rows.IsEmpty; y++, rows = rows[Stride..])
        {
            int rowsOfBlock = Math.Min(RowsPerBlock, height - (y / RowsPerBlock * RowsPerBlock));
            byte[] block = _blocks[y / RowsPerBlock] ??= new byte[rowsOfBlock * Stride];
            rows[..Stride].CopyTo(block.AsSpan(y % RowsPerBlock * Stride));
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">Receives [count, width, 3].</param>
    internal void Get(int first, Span<byte> rows)
    {
        for (int y = first; !rows.IsEmpty; y++, rows = rows[Stride..])
            _blocks[y / RowsPerBlock]!.AsSpan(y % RowsPerBlock * Stride, Stride).CopyTo(rows);
    }
}
