namespace Wct.Imaging.Jpeg.Encoding;

/// <summary>A Huffman table for encoding (ITU T.81, annex C).</summary>
internal sealed class HuffmanCodeBook
{
    internal static readonly HuffmanCodeBook LuminanceDc = new(StandardHuffman.LuminanceDc);
    internal static readonly HuffmanCodeBook LuminanceAc = new(StandardHuffman.LuminanceAc);
    internal static readonly HuffmanCodeBook ChrominanceDc = new(StandardHuffman.ChrominanceDc);
    internal static readonly HuffmanCodeBook ChrominanceAc = new(StandardHuffman.ChrominanceAc);

    private HuffmanCodeBook(HuffmanCode code)
    {
        int next = 0, symbol = 0;
        for (int length = 1; length <= 16; length++)
        {
            for (int i = 0; i < code.Counts[length - 1]; i++, symbol++)
                (Codes[code.Symbols[symbol]], Lengths[code.Symbols[symbol]]) = ((ushort)next++, (byte)length);
            next <<= 1;
        }
    }

    /// <summary>The code of each symbol, [256], in its lowest bits.</summary>
    internal ushort[] Codes { get; } = new ushort[256];

    /// <summary>Length of each symbol's code in bits, [256]; 0 for symbols without a code.</summary>
    internal byte[] Lengths { get; } = new byte[256];
}
