namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes what one scan of an arithmetic-coded file brings to a block (ITU T.81, F.1.4, F.2.4 and G.1.3).</summary>
/// <param name="reader">The scan's decisions.</param>
/// <param name="state">What is remembered from block to block.</param>
/// <param name="scan">The scan.</param>
/// <param name="progressive">Whether it brings a band of coefficients and some of their bits; otherwise whole blocks.</param>
internal sealed class ArithmeticBlock(ArithmeticReader reader, ScanState state, Scan scan, bool progressive) : BlockDecoder(state)
{
    // Where chains of decisions about magnitudes begin, and how far behind them the ones about lower bits are.
    private const int DcChain = 20, LowAcChain = 189, HighAcChain = 217, LowerBits = 14;

    // Classes of the difference before, as places of the first decision about the next one.
    private const int Zero = 0, Small = 4, Large = 12;

    /// <inheritdoc/>
    internal override bool Decode(ScanComponent part, Span<short> block)
    {
        if (reader.HasFailed)
            return false;
        if (!progressive)
            return DecodeDc(part, block) && DecodeBand(part, block, 1);
        if (scan.First > 0 && scan.High == 0)
            return DecodeBand(part, block, scan.First);
        if (scan.First > 0)
            RefineBand(part, block);
        else if (scan.High == 0)
            DecodeDc(part, block);
        else
            block[0] |= (short)(reader.DecideEvenly() << scan.Low);
        return scan.First > 0;
    }

    // Returns whether decoding may go on.
    private bool DecodeDc(ScanComponent part, Span<short> block)
    {
        Conditioning conditioning = part.Conditioning;
        Span<byte> bins = reader.Dc(conditioning.DcTable);
        ref int before = ref State.DifferenceClasses[part.Component.Index];
        ref int predictor = ref State.Predictors[part.Component.Index];
        int first = before;
        if (reader.Decide(ref bins[first]) == 0)
        {
            before = Zero;
        }
        else
        {
            int sign = reader.Decide(ref bins[first + 1]);
            int magnitude = Magnitude(bins, first + 2 + sign, DcChain, isDc: true);
            if (magnitude == 0)
                return false;
            before = magnitude <= 1 << conditioning.Lower >> 1 ? Zero : (magnitude > 1 << conditioning.Upper ? Large : Small) + (4 * sign);
            predictor += sign == 0 ? magnitude : -magnitude;
        }

        block[0] = (short)(predictor << scan.Low);
        return true;
    }

    private bool DecodeBand(ScanComponent part, Span<short> block, int first)
    {
        Span<byte> bins = reader.Ac(part.Conditioning.AcTable);
        int k = first;
        for (; k <= scan.Last && reader.Decide(ref bins[3 * (k - 1)]) == 0; k++)
        {
            while (reader.Decide(ref bins[(3 * (k - 1)) + 1]) == 0)
            {
                if (++k <= scan.Last)
                    continue;
                reader.Fail();
                return true;
            }

            int sign = reader.DecideEvenly();
            int chain = k <= part.Conditioning.LastLow ? LowAcChain : HighAcChain;
            int magnitude = Magnitude(bins, (3 * (k - 1)) + 2, chain, isDc: false);
            if (magnitude == 0)
                return true;
            block[ZigZag.Natural[k]] = (short)((sign == 0 ? magnitude : -magnitude) << scan.Low);
        }

        return k > first;
    }

    private void RefineBand(ScanComponent part, Span<short> block)
    {
        Span<byte> bins = reader.Ac(part.Conditioning.AcTable);
        short bit = (short)(1 << scan.Low);
        int last = scan.Last;
        while (last > 0 && block[ZigZag.Natural[last]] == 0)
            last--;
        // Up to the last coefficient that was known before, the block can't end.
        for (int k = scan.First; k <= scan.Last && (k <= last || reader.Decide(ref bins[3 * (k - 1)]) == 0); k++)
        {
            while (!Refine(ref block[ZigZag.Natural[k]], bins[(3 * (k - 1))..], bit))
            {
                if (++k <= scan.Last)
                    continue;
                reader.Fail();
                return;
            }
        }
    }

    // Returns false for a zero that stays one.
    private bool Refine(ref short coefficient, Span<byte> bins, short bit)
    {
        if (coefficient != 0)
        {
            if (reader.Decide(ref bins[2]) != 0)
                coefficient += coefficient > 0 ? bit : (short)-bit;
            return true;
        }

        if (reader.Decide(ref bins[1]) == 0)
            return false;
        coefficient = reader.DecideEvenly() == 0 ? bit : (short)-bit;
        return true;
    }

    // Decodes a magnitude of 1 or more; 0 where it can't be.
    private int Magnitude(Span<byte> bins, int first, int chain, bool isDc)
    {
        if (reader.Decide(ref bins[first]) == 0)
            return 1;
        // Decisions about AC coefficients ask the first estimate twice.
        if (!isDc && reader.Decide(ref bins[first]) == 0)
            return 2;
        int top = isDc ? 1 : 2;
        for (; reader.Decide(ref bins[chain]) != 0; chain++)
        {
            top <<= 1;
            if (top == 0x8000)
            {
                reader.Fail();
                return 0;
            }
        }

        int value = top;
        while ((top >>= 1) != 0)
            value |= reader.Decide(ref bins[chain + LowerBits]) != 0 ? top : 0;
        return value + 1;
    }
}
