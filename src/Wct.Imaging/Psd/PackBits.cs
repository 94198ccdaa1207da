namespace Wct.Imaging.Psd;

/// <summary>Expands the runs of PackBits (TIFF 6.0, section 9).</summary>
internal static class PackBits
{
    /// <summary>Most bytes that a byte of data can stand for: a run of 128 bytes takes two.</summary>
    internal const int MostBytesPerByte = 64;

    private const int NoOperation = 128;

    /// <summary>Expands one row.</summary>
    /// <param name="packed">The row's bytes. More than the row needs are ignored.</param>
    /// <param name="row">Receives the row.</param>
    /// <returns>Whether the runs fill the row.</returns>
    internal static bool Expand(ReadOnlySpan<byte> packed, Span<byte> row)
    {
        while (row.Length > 0)
        {
            if (packed.IsEmpty)
                return false;
            int head = packed[0];
            packed = packed[1..];
            if (head == NoOperation)
                continue;
            int count = head < NoOperation ? head + 1 : 257 - head, used = head < NoOperation ? count : 1;
            if (count > row.Length || used > packed.Length)
                return false;
            if (head < NoOperation)
                packed[..count].CopyTo(row);
            else
                row[..count].Fill(packed[0]);
            packed = packed[used..];
            row = row[count..];
        }

        return true;
    }
}
