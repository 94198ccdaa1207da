namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes whole blocks of baseline and extended sequential files (ITU T.81, F.2.2).</summary>
/// <param name="reader">Reads the scan's bits.</param>
/// <param name="state">The state that is kept from block to block.</param>
internal sealed class SequentialBlock(HuffmanReader reader, ScanState state) : BlockDecoder(state)
{
    /// <inheritdoc/>
    internal override bool Decode(ScanComponent part, Span<short> block) =>
        Decode(reader, part.Dc!, part.Ac!, ref State.Predictors[part.Component.Index], block);

    /// <summary>Decodes one block.</summary>
    /// <param name="reader">Reads the scan's bits.</param>
    /// <param name="dc">Huffman table for DC differences.</param>
    /// <param name="ac">Huffman table for AC coefficients.</param>
    /// <param name="predictor">The component's last DC coefficient; replaced by this block's.</param>
    /// <param name="block">Receives the quantized coefficients, [64], row-major. Must be zero before.</param>
    /// <returns>Whether the block may have AC coefficients.</returns>
    private static bool Decode(HuffmanReader reader, HuffmanTable dc, HuffmanTable ac, ref int predictor, Span<short> block)
    {
        int size = reader.Symbol(dc);
        if (size != 0)
            predictor += HuffmanReader.Extend(reader.Take(size), size);
        block[0] = (short)predictor;

        // Locals stay in registers. A symbol and its coefficient take at most 31 bits, so there must be 32 bits before each symbol.
        ulong bits = reader.Bits;
        int count = reader.Count;
        ReadOnlySpan<byte> natural = ZigZag.Natural;
        int k = 1;
        while (k < 64)
        {
            if (count < 32)
            {
                (reader.Bits, reader.Count) = (bits, count);
                reader.Refill();
                (bits, count) = (reader.Bits, reader.Count);
            }

            int next = (int)(bits >> (64 - HuffmanTable.LookupBits));
            int fast = ac.Coefficients[next];
            if (fast != 0)
            {
                k += (fast >> 8) & 15;
                bits <<= fast;
                count -= fast & 0xFF;
                block[natural[k++]] = (short)(fast >> 16);
                continue;
            }

            int found = ac.Symbols[next];
            if (found == 0)
                found = reader.LongSymbol(ac, bits);
            bits <<= found >> 8;
            count -= found >> 8;
            size = found & 15;
            int run = (found >> 4) & 15;
            if (size == 0)
            {
                if (run != 15)
                    break;
                k += 16;
                continue;
            }

            k += run;
            int value = HuffmanReader.Extend((int)(bits >> (64 - size)), size);
            bits <<= size;
            count -= size;
            block[natural[k++]] = (short)value;
        }

        (reader.Bits, reader.Count) = (bits, count);
        if (k > 64)
            reader.Warn("more than 64 coefficients in a block");
        return k > 1;
    }
}
