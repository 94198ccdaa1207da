namespace Wct.Imaging.Colors;

/// <summary>How samples become linear light: (A·x + B)^Gamma from D up, and C·x below.</summary>
/// <param name="Gamma">The exponent, above 0.</param>
/// <param name="A">Factor.</param>
/// <param name="B">Offset.</param>
/// <param name="C">Slope near black.</param>
/// <param name="D">Where the slope ends.</param>
internal readonly record struct TransferCurve(double Gamma, double A, double B, double C, double D)
{
    /// <summary>The curve of sRGB (IEC 61966-2-1).</summary>
    internal static TransferCurve Srgb { get; } = new(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

    /// <summary>The sample of linear light, both from 0 to 1.</summary>
    internal double Encode(double linear) => linear < C * D ? linear / C : (Math.Pow(linear, 1 / Gamma) - B) / A;

    /// <summary>A pure power.</summary>
    internal static TransferCurve Power(double gamma) => new(gamma, 1, 0, 0, 0);

    /// <summary>The curve with a number of ITU-T H.273; null if it is unknown, or is that of high dynamic range.</summary>
    /// <remarks>The curves of video cameras (1, 6, 14 and 15) are read as that of sRGB, because screens show such pictures so.</remarks>
    internal static TransferCurve? FromNumber(int number) => number switch
    {
        1 or 6 or 14 or 15 => Srgb,
        4 => Power(2.2),
        5 => Power(2.8),
        8 => Power(1),
        13 => Srgb,
        _ => null,
    };
}
