namespace Wct.Imaging.Jpeg;

/// <summary>Constants of the forward and the inverse DCT of Loeffler, Ligtenberg and Moschytz (ICASSP 1989): factors and word
/// lengths.</summary>
internal static class DctConstants
{
    // Sums of cosines of multiples of π/16, times the square root of 2, with 13 fractional bits. The name has the value: C0298 is 0.298.
    internal const int FractionBits = 13;
    internal const int C0298 = 2446;
    internal const int C0390 = 3196;
    internal const int C0541 = 4433;
    internal const int C0765 = 6270;
    internal const int C0899 = 7373;
    internal const int C1175 = 9633;
    internal const int C1501 = 12299;
    internal const int C1847 = 15137;
    internal const int C1961 = 16069;
    internal const int C2053 = 16819;
    internal const int C2562 = 20995;
    internal const int C3072 = 25172;

    /// <summary>Fractional bits that the first pass keeps for the second one.</summary>
    internal const int ExtraBits = 2;
}
