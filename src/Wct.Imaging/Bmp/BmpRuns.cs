namespace Wct.Imaging.Bmp;

/// <summary>Expands the runs of a bitmap (BI_RLE8 and BI_RLE4) to one byte per pixel, row by row in the order of the file.</summary>
/// <param name="file">The file, at its first run.</param>
/// <param name="bits">Bits of a pixel: 4 or 8.</param>
/// <remarks>Pixels that the file skips have index 0. Pixels beyond the end of a row are ignored.</remarks>
internal sealed class BmpRuns(FileBytes file, int bits)
{
    private const int EndOfRow = 0, EndOfPicture = 1, Move = 2;

    private int _start, _emptyRows;
    private bool _ended;

    /// <summary>Writes the indices of the next row.</summary>
    /// <param name="row">Receives one index per pixel.</param>
    /// <param name="what">The row, for the message.</param>
    /// <exception cref="ImageFormatException">The file ends too soon.</exception>
    internal void ReadRow(Span<byte> row, string what)
    {
        row.Clear();
        if (_ended)
            return;
        if (_emptyRows > 0)
        {
            _emptyRows--;
            return;
        }

        int x = _start;
        _start = 0;
        while (true)
        {
            int count = file.Byte(what), value = file.Byte(what);
            if (count > 0)
            {
                x = Repeat(row, x, count, value);
                continue;
            }

            switch (value)
            {
                case EndOfRow:
                    return;
                case EndOfPicture:
                    _ended = true;
                    return;
                case Move:
                    x = Math.Min(row.Length, x + file.Byte(what));
                    int rows = file.Byte(what);
                    if (rows == 0)
                        break;
                    (_start, _emptyRows) = (x, rows - 1);
                    return;
                default:
                    x = Copy(row, x, value, what);
                    break;
            }
        }
    }

    // In a run of 4 bits, the two pixels of the byte take turns.
    private int Repeat(Span<byte> row, int x, int count, int value)
    {
        int end = Math.Min(row.Length, x + count);
        for (int i = x; i < end; i++)
            row[i] = (byte)(bits == 8 ? value : (i - x) % 2 == 0 ? value >> 4 : value & 15);
        return end;
    }

    // Pixels without runs. They take a whole number of 16-bit words.
    private int Copy(Span<byte> row, int x, int count, string what)
    {
        int bytes = ((count * bits) + 7) / 8, perByte = 8 / bits;
        for (int i = 0; i < bytes + (bytes % 2); i++)
        {
            byte value = file.Byte(what);
            for (int j = 0; j < perByte; j++)
            {
                int pixel = (i * perByte) + j;
                if (pixel < count && x + pixel < row.Length)
                    row[x + pixel] = (byte)((value >> (8 - bits - (j * bits))) & ((1 << bits) - 1));
            }
        }

        return Math.Min(row.Length, x + count);
    }
}
