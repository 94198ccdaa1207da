using static Wct.Imaging.Jpeg.DctConstants;

namespace Wct.Imaging.Jpeg.Decoding;

internal static partial class InverseDct
{
    // Each pass scales by the square root of 8. The row pass divides by 8 for both.
    private const int ColumnShift = FractionBits - ExtraBits;
    private const int RowShift = FractionBits + ExtraBits + 3;

    /// <summary>The definition: the transform of Loeffler, Ligtenberg and Moschytz (ICASSP 1989) on columns, then on rows. Word lengths and
    /// rounding are those of libjpeg's accurate integer transform, so that pictures are the same to the bit.</summary>
    /// <remarks>Damaged coefficients overflow as in the vector code of libjpeg-turbo. Dequantized coefficients, and sums before
    /// multiplications, wrap to 16 bits. Results of the column pass are clamped to 16 bits. If all rows but the first are 0, they wrap
    /// instead.</remarks>
    /// <inheritdoc cref="Transform"/>
    internal static void Reference(ReadOnlySpan<short> coefficients, ReadOnlySpan<short> quantization, Span<byte> samples, int stride)
    {
        Span<int> values = stackalloc int[64];
        for (int i = 0; i < 64; i++)
            values[i] = (short)(coefficients[i] * quantization[i]);
        bool oneRow = !coefficients[8..64].ContainsAnyExcept((short)0);
        for (int x = 0; x < 8; x++)
            Pass(values[x..], 8, ColumnShift);
        foreach (ref int value in values)
            value = oneRow ? (short)value : Math.Clamp(value, short.MinValue, short.MaxValue);
        for (int y = 0; y < 8; y++)
            Pass(values[(y * 8)..], 1, RowShift);
        for (int i = 0; i < 64; i++)
            samples[(i / 8 * stride) + (i % 8)] = (byte)Math.Clamp(values[i] + 128, 0, 255);
    }

    private static void Pass(Span<int> values, int step, int shift)
    {
        int v0 = values[0], v1 = values[step], v2 = values[2 * step], v3 = values[3 * step];
        int v4 = values[4 * step], v5 = values[5 * step], v6 = values[6 * step], v7 = values[7 * step];

        // Even half: a butterfly and one rotation.
        int turn = (v2 + v6) * C0541;
        int even2 = turn - (v6 * C1847), even3 = turn + (v2 * C0765);
        int even0 = (short)(v0 + v4) << FractionBits, even1 = (short)(v0 - v4) << FractionBits;
        ReadOnlySpan<int> even = [even0 + even3, even1 + even2, even1 - even2, even0 - even3];

        // Odd half: three rotations that share products.
        int left = (short)(v7 + v3), right = (short)(v5 + v1), all = (left + right) * C1175;
        int a = (v7 + v1) * C0899, b = (v5 + v3) * C2562;
        int c = all - (left * C1961), d = all - (right * C0390);
        ReadOnlySpan<int> odd = [(v1 * C1501) - a + d, (v3 * C3072) - b + c, (v5 * C2053) - b + d, (v7 * C0298) - a + c];

        int half = 1 << (shift - 1);
        for (int i = 0; i < 4; i++)
        {
            values[i * step] = (even[i] + odd[i] + half) >> shift;
            values[(7 - i) * step] = (even[i] - odd[i] + half) >> shift;
        }
    }
}
