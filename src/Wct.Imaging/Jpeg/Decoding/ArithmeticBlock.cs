namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes one scan's part of a block in an arithmetic-coded file (ITU T.81, F.1.4, F.2.4 and G.1.3).</summary>
/// <param name="reader">Decodes the scan's binary decisions.</param>
/// <param name="state">The state that is kept from block to block.</param>
/// <param name="scan">The scan.</param>
/// <param name="progressive">Whether the scan has a band of coefficients and some of their bits; otherwise it has whole blocks.</param>
internal sealed class ArithmeticBlock(ArithmeticReader reader, ScanState state, Scan scan, bool progressive) : BlockDecoder(state)
{
    // Indices of the first bin for the size of a magnitude, and the distance from such a bin to the bin for the lower bits of that size.
    private const int DcChain = 20, LowAcChain = 189, HighAcChain = 217, LowerBits = 14;

    // Classes of the previous DC difference. The value is the index of the first bin for the next difference; negative differences add 4.
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

    // Returns false if the data is invalid.
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
        // Up to the last coefficient that is already nonzero, the end of the block is not coded.
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

    // Returns false if the coefficient is 0 and stays 0.
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

    // Decodes a magnitude of at least 1. Returns 0 if the data is invalid.
    private int Magnitude(Span<byte> bins, int first, int chain, bool isDc)
    {
        if (reader.Decide(ref bins[first]) == 0)
            return 1;
        // For AC coefficients, the first two decisions have the same bin.
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
