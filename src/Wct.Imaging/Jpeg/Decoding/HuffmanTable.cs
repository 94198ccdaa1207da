namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>A Huffman table for decoding. Short codes are looked up. Longer codes are compared with the limit of each length.</summary>
internal sealed class HuffmanTable
{
    /// <summary>Codes of up to this many bits are looked up.</summary>
    internal const int LookupBits = 10;

    internal static readonly HuffmanTable LuminanceDc = new(StandardHuffman.LuminanceDc);
    internal static readonly HuffmanTable LuminanceAc = new(StandardHuffman.LuminanceAc);
    internal static readonly HuffmanTable ChrominanceDc = new(StandardHuffman.ChrominanceDc);
    internal static readonly HuffmanTable ChrominanceAc = new(StandardHuffman.ChrominanceAc);

    private readonly byte[] _symbols;
    // For each code length: the last code plus 1, aligned to 16 bits, and the difference between a symbol's index and its code.
    private readonly int[] _limits = new int[17];
    private readonly int[] _offsets = new int[17];

    /// <param name="code">A valid code (see <see cref="ProblemOf"/>).</param>
    internal HuffmanTable(HuffmanCode code)
    {
        _symbols = code.Symbols;
        int next = 0, symbol = 0;
        for (int length = 1; length <= 16; length++)
        {
            _offsets[length] = symbol - next;
            for (int i = 0; i < code.Counts[length - 1]; i++, next++, symbol++)
            {
                int spare = LookupBits - length;
                if (spare >= 0)
                    Symbols.AsSpan(next << spare, 1 << spare).Fill((ushort)((length << 8) | _symbols[symbol]));
            }

            _limits[length] = next << (16 - length);
            next <<= 1;
        }

        for (int bits = 0; bits < Coefficients.Length; bits++)
            Coefficients[bits] = CoefficientAt(bits);
    }

    /// <summary>Indexed by the next 10 bits: the code's length in the high byte, its symbol in the low byte; 0 if the code is
    /// longer.</summary>
    internal ushort[] Symbols { get; } = new ushort[1 << LookupBits];

    /// <summary>Indexed by the next 10 bits, if an AC code and the bits of its coefficient fit into them: the coefficient in the upper 16
    /// bits, the number of zeros before it in the second byte, and the number of bits of both in the lowest byte. Otherwise 0.</summary>
    internal int[] Coefficients { get; } = new int[1 << LookupBits];

    /// <summary>Why the code can't be used, or null.</summary>
    internal string? Problem { get; private init; }

    /// <summary>A table that can't be used.</summary>
    internal static HuffmanTable Unusable(string problem) => new(new HuffmanCode(new byte[16], [])) { Problem = problem };

    /// <summary>Finds a code of more than 10 bits.</summary>
    /// <param name="next">The next 16 bits.</param>
    /// <returns>Length and symbol as in <see cref="Symbols"/>, or 0 if no code starts like this.</returns>
    internal int FindLong(int next)
    {
        for (int length = LookupBits + 1; length <= 16; length++)
        {
            if (next < _limits[length])
                return (length << 8) | _symbols[(next >> (16 - length)) + _offsets[length]];
        }

        return 0;
    }

    /// <summary>What makes a code unusable, or null: too many codes of a length, or a DC difference of more than 15 bits.</summary>
    internal static string? ProblemOf(HuffmanCode code, bool isDc)
    {
        int next = 0;
        for (int length = 1; length <= 16; length++)
        {
            next = (next << 1) + code.Counts[length - 1];
            if (next > 1 << length)
                return $"defines {code.Counts[length - 1]} codes of {length} bits, more than are left";
        }

        return isDc && code.Symbols.Any(symbol => symbol > 15)
            ? $"defines a DC difference of {code.Symbols.Max()} bits, the most is 15"
            : null;
    }

    private int CoefficientAt(int bits)
    {
        int length = Symbols[bits] >> 8, symbol = Symbols[bits] & 0xFF;
        int size = symbol & 15, total = length + size;
        if (length == 0 || size == 0 || total > LookupBits)
            return 0;
        int value = HuffmanReader.Extend((bits >> (LookupBits - total)) & ((1 << size) - 1), size);
        return (value << 16) | (symbol >> 4 << 8) | total;
    }
}
