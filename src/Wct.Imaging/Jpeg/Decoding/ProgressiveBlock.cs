namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes what one scan of a progressive file adds to a block (ITU T.81, G.1.2 and figures G.3 to G.7).</summary>
/// <param name="state">The scan's bits and memory.</param>
/// <param name="scan">The band of coefficients and the bits of them that it brings.</param>
internal sealed class ProgressiveBlock(ScanState state, Scan scan)
{
    private readonly EntropyReader _reader = state.Reader;

    /// <summary>Passes a block that this scan leaves as it is, without looking at it.</summary>
    /// <param name="isBlank">Whether all of the block's coefficients are 0.</param>
    /// <returns>Whether it was passed; otherwise it must be decoded.</returns>
    internal bool TrySkip(bool isBlank)
    {
        if (state.EndOfBandRun == 0 || (scan.High != 0 && !isBlank))
            return false;
        state.EndOfBandRun--;
        return true;
    }

    /// <summary>Adds this scan's share to a block that can't be skipped.</summary>
    /// <param name="part">The block's component.</param>
    /// <param name="block">[64], row-major: what earlier scans left; becomes what they and this one say.</param>
    internal void Decode(ScanComponent part, Span<short> block)
    {
        if (scan.First == 0)
            DecodeDc(part, block);
        else if (scan.High == 0)
            DecodeBand(part.Ac!, block);
        else
            RefineBand(part.Ac!, block);
    }

    private void DecodeDc(ScanComponent part, Span<short> block)
    {
        if (scan.High != 0)
        {
            block[0] |= (short)(_reader.Take(1) << scan.Low);
            return;
        }

        ref int predictor = ref state.Predictors[part.Component.Index];
        int size = _reader.Symbol(part.Dc!);
        if (size != 0)
            predictor += EntropyReader.Extend(_reader.Take(size), size);
        block[0] = (short)(predictor << scan.Low);
    }

    private void DecodeBand(HuffmanTable code, Span<short> block)
    {
        for (int k = scan.First; k <= scan.Last; k++)
        {
            int symbol = _reader.Symbol(code);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                state.EndOfBandRun = (1 << run) + _reader.Take(run) - 1;
                return;
            }

            k += run;
            if (k > scan.Last)
                WarnOfBand();
            if (size != 0)
                block[ZigZag.Natural[k]] = (short)(EntropyReader.Extend(_reader.Take(size), size) << scan.Low);
        }
    }

    private void RefineBand(HuffmanTable code, Span<short> block)
    {
        int k = scan.First;
        while (k <= scan.Last && state.EndOfBandRun == 0)
        {
            int symbol = _reader.Symbol(code);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size > 1)
                _reader.Warn("a new coefficient of more than 1 bit");
            if (size == 0 && run < 15)
            {
                state.EndOfBandRun = (1 << run) + _reader.Take(run);
                break;
            }

            short value = size == 0 ? (short)0 : (short)(_reader.Take(1) != 0 ? 1 << scan.Low : -1 << scan.Low);
            k = RefineNonZeros(block, k, run);
            if (k > scan.Last)
                WarnOfBand();
            // A run of 16 zeros has no value: it leaves the last of them as it is.
            if (value != 0)
                block[ZigZag.Natural[k]] = value;
            k++;
        }

        if (state.EndOfBandRun == 0)
            return;
        state.EndOfBandRun--;
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
            else if (_reader.Take(1) != 0 && (coefficient & bit) == 0)
            {
                coefficient += (short)(coefficient > 0 ? bit : -bit);
            }
        }

        return k;
    }

    // Such a coefficient is put where libjpeg-turbo puts it: into the next band, or on the last position.
    private void WarnOfBand() => _reader.Warn("a coefficient beyond its band");
}
