namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes what one scan of a progressive file adds to a block (ITU T.81, G.1.2 and figures G.3 to G.7).</summary>
/// <param name="reader">The scan's bits.</param>
/// <param name="state">What is remembered from block to block.</param>
/// <param name="scan">The band of coefficients and the bits of them that it brings.</param>
internal sealed class ProgressiveBlock(EntropyReader reader, ScanState state, Scan scan) : BlockDecoder(state)
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
            predictor += EntropyReader.Extend(reader.Take(size), size);
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
                block[ZigZag.Natural[k]] = (short)(EntropyReader.Extend(reader.Take(size), size) << scan.Low);
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
            // A run of 16 zeros has no value: it leaves the last of them as it is.
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

    // Gives each coefficient that is known not to be 0 its next bit, until a zero comes after 'zeros' others.
    // Returns that zero's position, or one past the band.
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

    // Such a coefficient is put where libjpeg-turbo puts it: into the next band, or on the last position.
    private void WarnOfBand() => reader.Warn("a coefficient beyond its band");
}
