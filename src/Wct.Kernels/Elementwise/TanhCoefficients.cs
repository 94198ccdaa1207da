namespace Wct.Kernels.Elementwise;

/// <summary>tanh(x) as x·P(x²)/Q(x²), where both polynomials begin with 1.</summary>
/// <remarks>The coefficients minimize the largest relative error for x² up to 9.02², which is 1.3e-9. With the rounding of single precision
/// it is 2.7e-7. Beyond 9.02, tanh(x) rounds to 1.</remarks>
internal static class TanhCoefficients
{
    /// <summary>Numbers beyond it are clamped to it.</summary>
    internal const float Largest = 9.02f;

    /// <summary>Coefficients of P.</summary>
    internal const float P1 = 0.136811718f, P2 = 0.00386990327f, P3 = 2.80392342e-05f, P4 = 3.06613792e-08f, P5 = -1.22600671e-11f;

    /// <summary>Coefficients of Q.</summary>
    internal const float Q1 = 0.470145047f, Q2 = 0.0272516049f, Q3 = 0.000394140836f, Q4 = 1.28958595e-06f;
}
