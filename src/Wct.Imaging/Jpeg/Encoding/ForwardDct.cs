using static Wct.Imaging.Jpeg.DctConstants;

namespace Wct.Imaging.Jpeg.Encoding;

/// <summary>Transforms a block of samples to coefficients, in integer arithmetic.</summary>
internal static class ForwardDct
{
    /// <summary>Transforms a block in place: rows, then columns.</summary>
    /// <param name="block">[64], row-major: samples minus 128, replaced by coefficients times 8.</param>
    internal static void Transform(Span<int> block)
    {
        for (int y = 0; y < 8; y++)
            Pass(block[(y * 8)..], 1, FractionBits - ExtraBits, 0);
        for (int x = 0; x < 8; x++)
            Pass(block[x..], 8, FractionBits + ExtraBits, 2 * ExtraBits);
    }

    // One pass. 'shift' drops the factors' fractional bits; the first pass keeps ExtraBits of them. The two outputs without a factor need
    // another shift: left by ExtraBits in the first pass, and right by ExtraBits in the second.
    private static void Pass(Span<int> values, int step, int shift, int plainShift)
    {
        int last = 7 * step;
        int s0 = values[0] + values[last], d0 = values[0] - values[last];
        int s1 = values[step] + values[last - step], d1 = values[step] - values[last - step];
        int s2 = values[2 * step] + values[last - (2 * step)], d2 = values[2 * step] - values[last - (2 * step)];
        int s3 = values[3 * step] + values[last - (3 * step)], d3 = values[3 * step] - values[last - (3 * step)];

        // Even half: a butterfly and one rotation.
        int plainHalf = plainShift == 0 ? 0 : 1 << (plainShift - ExtraBits - 1);
        values[0] = (((s0 + s3 + s1 + s2 + plainHalf) << ExtraBits) >> plainShift);
        values[4 * step] = (((s0 + s3 - s1 - s2 + plainHalf) << ExtraBits) >> plainShift);
        int half = 1 << (shift - 1);
        int turn = (s1 - s2 + s0 - s3) * C0541;
        values[2 * step] = (turn + ((s0 - s3) * C0765) + half) >> shift;
        values[6 * step] = (turn - ((s1 - s2) * C1847) + half) >> shift;

        // Odd half: the transpose of the inverse's three rotations.
        int all = (d3 + d1 + d2 + d0) * C1175;
        int a = (d3 + d0) * C0899, b = (d2 + d1) * C2562;
        int c = all - ((d3 + d1) * C1961), d = all - ((d2 + d0) * C0390);
        values[7 * step] = ((d3 * C0298) - a + c + half) >> shift;
        values[5 * step] = ((d2 * C2053) - b + d + half) >> shift;
        values[3 * step] = ((d1 * C3072) - b + c + half) >> shift;
        values[step] = ((d0 * C1501) - a + d + half) >> shift;
    }
}
