namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The tables that scans refer to; segments between scans replace them (ITU T.81, B.2.4).</summary>
internal sealed class Tables
{
    private readonly short[]?[] _quantization = new short[4][];
    private readonly HuffmanTable?[] _dc = [HuffmanTable.LuminanceDc, HuffmanTable.ChrominanceDc, null, null];
    private readonly HuffmanTable?[] _ac = [HuffmanTable.LuminanceAc, HuffmanTable.ChrominanceAc, null, null];

    // The defaults (ITU T.81, F.1.4.4.1.4 and F.1.4.4.2.1): the bounds 0 and 1, and 5 low coefficients.
    private readonly byte[] _dcConditioning = [.. Enumerable.Repeat((byte)0x10, 16)];
    private readonly byte[] _acConditioning = [.. Enumerable.Repeat((byte)5, 16)];

    /// <summary>MCUs between restart markers; 0 for none.</summary>
    internal int RestartInterval { get; private set; }

    /// <summary>A quantization table, [64] row-major, unsigned numbers; null if it was not defined.</summary>
    internal short[]? Quantization(int index) => _quantization[index];

    /// <summary>A Huffman table for DC differences; null if it was not defined.</summary>
    internal HuffmanTable? Dc(int index) => index < _dc.Length ? _dc[index] : null;

    /// <summary>A Huffman table for AC coefficients; null if it was not defined.</summary>
    internal HuffmanTable? Ac(int index) => index < _ac.Length ? _ac[index] : null;

    /// <summary>The conditioning of a component that uses these tables, each 0 to 15.</summary>
    internal Conditioning Conditioning(int dc, int ac) =>
        new(dc, ac, _dcConditioning[dc] & 15, _dcConditioning[dc] >> 4, _acConditioning[ac]);

    internal void ReadConditioning(Segment segment)
    {
        while (!segment.Rest.IsEmpty)
        {
            int head = segment.Byte(), value = segment.Byte();
            (int kind, int index) = (head >> 4, head & 15);
            if (kind > 1)
                throw segment.Fail($"sets table {index} of class {kind}, classes go to 1");
            if (kind == 0 && (value & 15) > value >> 4)
                throw segment.Fail($"sets the bounds {value & 15} and {value >> 4}, the first must not be above the second");
            (kind == 0 ? _dcConditioning : _acConditioning)[index] = (byte)value;
        }
    }

    internal void ReadQuantization(Segment segment)
    {
        while (!segment.Rest.IsEmpty)
        {
            int head = segment.Byte();
            (int precision, int index) = (head >> 4, head & 15);
            if (index > 3)
                throw segment.Fail($"defines table {index}, tables go to 3");
            short[] table = new short[64];
            for (int k = 0; k < 64; k++)
                table[ZigZag.Natural[k]] = (short)(precision == 0 ? segment.Byte() : segment.UInt16());
            _quantization[index] = table;
        }
    }

    internal void ReadHuffman(Segment segment)
    {
        while (!segment.Rest.IsEmpty)
        {
            int head = segment.Byte();
            (int kind, int index) = (head >> 4, head & 15);
            if (kind > 1 || index > 3)
                throw segment.Fail($"defines table {index} of class {kind}, tables go to 3 and classes to 1");
            byte[] counts = segment.Bytes(16).ToArray();
            int total = counts.Sum(count => count);
            if (total > 256)
                throw segment.Fail($"defines a code of {total} symbols, there are 256");
            HuffmanCode code = new(counts, segment.Bytes(total).ToArray());
            // An invalid table is only an error if a scan uses it.
            string? problem = HuffmanTable.ProblemOf(code, isDc: kind == 0);
            (kind == 0 ? _dc : _ac)[index] = problem is null ? new HuffmanTable(code) : HuffmanTable.Unusable(problem);
        }
    }

    internal void ReadRestartInterval(Segment segment) => RestartInterval = segment.UInt16();
}
