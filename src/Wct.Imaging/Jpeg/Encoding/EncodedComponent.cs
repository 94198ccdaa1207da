namespace Wct.Imaging.Jpeg.Encoding;

/// <summary>Encodes a component. It holds the samples of one row of MCUs, and the tables for their blocks.</summary>
/// <param name="width">Samples per row, padded to whole MCUs.</param>
/// <param name="side">Rows of samples in a row of MCUs, 8 or 16.</param>
/// <param name="halved">Whether the component has half the resolution in both directions in the file.</param>
/// <param name="quantization">[64], row-major.</param>
/// <param name="dc">Huffman table for DC differences.</param>
/// <param name="ac">Huffman table for AC coefficients.</param>
internal sealed class EncodedComponent(int width, int side, bool halved, byte[] quantization, HuffmanCodeBook dc, HuffmanCodeBook ac)
{
    private readonly int _stride = halved ? width / 2 : width;
    private readonly int _sampling = halved ? side / 16 : side / 8;
    private readonly byte[] _full = new byte[width * side];
    private readonly byte[] _halved = new byte[halved ? width * side / 4 : 0];
    private readonly int[] _block = new int[64];
    private readonly int[] _ordered = new int[64];
    private int _predictor;
    private int _blockColumns;
    private int _blockRows;

    private Span<byte> Samples => halved ? _halved : _full;

    /// <summary>The samples of a row, at full resolution.</summary>
    internal Span<byte> Row(int y) => _full.AsSpan(y * width, width);

    /// <summary>Pads a row of MCUs by repeating the picture's last column and row, and halves its resolution if necessary.</summary>
    /// <param name="columns">Samples that were given per row.</param>
    /// <param name="rows">Rows that were given.</param>
    internal void Finish(int columns, int rows)
    {
        for (int y = 0; y < rows; y++)
            Row(y)[columns..].Fill(Row(y)[columns - 1]);
        if (halved)
            rows = Halve(rows);
        // Rows are repeated after halving, because a smooth transition into the padding takes fewer bits.
        for (int y = rows; y < side / (halved ? 2 : 1); y++)
            Samples.Slice((rows - 1) * _stride, _stride).CopyTo(Samples[(y * _stride)..]);
        _blockColumns = ((halved ? (columns + 1) / 2 : columns) + 7) / 8;
        _blockRows = (rows + 7) / 8;
    }

    /// <summary>Transforms, quantizes and writes the blocks of an MCU.</summary>
    internal void WriteMcu(int mcu, EntropyWriter writer)
    {
        for (int y = 0; y < _sampling; y++)
        {
            for (int x = mcu * _sampling; x < (mcu + 1) * _sampling; x++)
            {
                if (x < _blockColumns && y < _blockRows)
                    WriteBlock(Samples[((y * 8 * _stride) + (x * 8))..], writer);
                else
                    WritePadding(writer);
            }
        }
    }

    private int Halve(int rows)
    {
        if (rows % 2 != 0)
            Row(rows - 1).CopyTo(Row(rows));
        for (int y = 0; y < rows; y += 2)
            PixelConversion.Halve(Row(y), Row(y + 1), _halved.AsSpan(y / 2 * _stride, _stride));
        return (rows + 1) / 2;
    }

    // A block without pixels repeats the last block's mean, because this takes the fewest bits.
    private void WritePadding(EntropyWriter writer)
    {
        Array.Clear(_ordered);
        _ordered[0] = _predictor;
        writer.WriteBlock(_ordered, dc, ac, ref _predictor);
    }

    private void WriteBlock(ReadOnlySpan<byte> samples, EntropyWriter writer)
    {
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
                _block[(y * 8) + x] = samples[(y * _stride) + x] - 128;
        }

        ForwardDct.Transform(_block);
        for (int k = 0; k < 64; k++)
        {
            int i = ZigZag.Natural[k];
            // The transform's results are 8 times too large. Halves round away from zero.
            int step = quantization[i] * 8;
            int value = _block[i];
            _ordered[k] = value < 0 ? -((step / 2 - value) / step) : (value + (step / 2)) / step;
        }

        writer.WriteBlock(_ordered, dc, ac, ref _predictor);
    }
}
