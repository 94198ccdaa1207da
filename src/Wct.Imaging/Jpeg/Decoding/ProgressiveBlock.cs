namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes one scan's part of a block in a progressive file with Huffman codes (ITU T.81, G.1.2 and figures G.3 to G.7).</summary>
/// <param name="reader">Reads the scan's bits.</param>
/// <param name="state">The state that is kept from block to block.</param>
/// <param name="scan">The scan: its band of coefficients, and the bits of them that it has.</param>
internal sealed class ProgressiveBlock(HuffmanReader reader, ScanState state, Scan scan) : BlockDecoder(state)
{
    /// <inheritdoc/>
    internal override bool TrySkip(bool isBlank)
    {
        if (State.EndOfBandRun == 0 || (scan.High != 0 && !isBlank))
            return false;
        State.EndOfBandRun--;
        return true;
    }

    /// <inheritdoc/>
    internal override bool Decode(ScanComponent part, Span<short> block)
    {
        if (scan.First == 0)
            DecodeDc(part, block);
        else if (scan.High == 0)
            DecodeBand(part.Ac!, block);
        else
            RefineBand(part.Ac!, block);
        return scan.First > 0;
    }

    private void DecodeDc(ScanComponent part, Span<short> block)
    {
        if (scan.High != 0)
        {
            block[0] |= (short)(reader.Take(1) << scan.Low);
            return;
        }

        ref int predictor = ref State.Predictors[part.Component.Index];
        int size = reader.Symbol(part.Dc!);
        if (size != 0)
            predictor += HuffmanReader.Extend(reader.Take(size), size);
        block[0] = (short)(predictor << scan.Low);
    }

    private void DecodeBand(HuffmanTable code, Span<short> block)
    {
        for (int k = scan.First; k <= scan.Last; k++)
        {
            int symbol = reader.Symbol(code);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                State.EndOfBandRun = (1 << run) + reader.Take(run) - 1;
                return;
            }

            k += run;
            if (k > scan.Last)
                WarnOfBand();
            if (size != 0)
                block[ZigZag.Natural[k]] = (short)(HuffmanReader.Extend(reader.Take(size), size) << scan.Low);
        }
    }

    private void RefineBand(HuffmanTable code, Span<short> block)
    {
        int k = scan.First;
        while (k <= scan.Last && State.EndOfBandRun == 0)
        {
            int symbol = reader.Symbol(code);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size > 1)
                reader.Warn("a new coefficient of more than 1 bit");
            if (size == 0 && run < 15)
            {
                State.EndOfBandRun = (1 << run) + reader.Take(run);
                break;
            }

            short value = size == 0 ? (short)0 : (short)(reader.Take(1) != 0 ? 1 << scan.Low : -1 << scan.Low);
            k = RefineNonZeros(block, k, run);
            if (k > scan.Last)
                WarnOfBand();
            // A run of 16 zeros has no value, so the last of these zeros doesn't change.
            if (value != 0)
                block[ZigZag.Natural[k]] = value;
            k++;
        }

        if (State.EndOfBandRun == 0)
            return;
        State.EndOfBandRun--;
        if (block[1..].ContainsAnyExcept((short)0))
            RefineNonZeros(block, k, 64);
    }

    // Reads the next bit of each nonzero coefficient. Stops at the first zero after 'zeros' other zeros. Returns its position, or one past
    // the band.
    private int RefineNonZeros(Span<short> block, int k, int zeros)
    {
        int bit = 1 << scan.Low;
        for (; k <= scan.Last; k++)
        {
            ref short coefficient = ref block[ZigZag.Natural[k]];
            if (coefficient == 0)
            {
                if (zeros-- == 0)
                    break;
            }
            else if (reader.Take(1) != 0 && (coefficient & bit) == 0)
            {
                coefficient += (short)(coefficient > 0 ? bit : -bit);
            }
        }

        return k;
    }

    // The coefficient is stored where libjpeg-turbo stores it: in the next band, or at the last position.
    private void WarnOfBand() => reader.Warn("a coefficient beyond its band");
}
