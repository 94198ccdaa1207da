using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Solves the secular equation 1/ρ + Σᵢ wᵢ²/(dᵢ − λ) = 0. Its roots are the eigenvalues of diag(d) + ρ·w·wᵀ, one above each pole
/// dᵢ.</summary>
/// <remarks>
/// Each step replaces the poles on either side of the root by one pole with the same value and slope, and solves the two-pole equation
/// (Bunch, Nielsen and Sorensen 1978; Li, LAPACK working note 89). Roots are stored as a distance to the nearer pole, which keeps all
/// digits of λ − dᵢ. The iteration stops when the value is within its rounding error (Gu and Eisenstat 1995, section 3). A bracket
/// guarantees that it stops.
/// </remarks>
internal static unsafe class SecularEquation
{
    private const int UsualSteps = 20, MostSteps = 140;

    /// <summary>Finds all roots.</summary>
    /// <param name="poles">[count, padded to 16]: d, strictly ascending; the padding is overwritten.</param>
    /// <param name="weights">[count, padded to 16]: w > 0; the padding is overwritten.</param>
    /// <param name="count">Number of poles, and of roots.</param>
    /// <param name="rho">ρ > 0.</param>
    /// <param name="distances">[count, stride]: receives dᵢ − λⱼ at [j, i], with small relative error; the padding to 16 is finite.</param>
    /// <param name="stride">Elements from one row of distances to the next.</param>
    /// <param name="roots">[count]: receives λ, ascending.</param>
    internal static void Solve<TVec>(double* poles, double* weights, int count, double rho, double* distances, int stride, double* roots)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int padded = TransposedProduct.Pad(count);
        double squares = 0;
        for (int k = 0; k < count; k++)
            squares += weights[k] * weights[k];
        for (int k = count; k < padded; k++)
            (poles[k], weights[k]) = (poles[count - 1] + 2 * rho + 1, 0);
        for (int j = 0; j < count; j++)
        {
            SecularSums<TVec> sums = new(poles, weights, padded, 1 / rho);
            (int origin, double shift) = j + 1 < count ? Inner(sums, j) : (j, Last(sums, j, rho * squares));
            roots[j] = poles[origin] + shift;
            sums.Distances(poles[origin], shift, distances + (long)j * stride);
        }
    }

    // Finds the root between two poles. The sign of the value at the midpoint shows which pole is nearer.
    private static (int Origin, double Shift) Inner<TVec>(in SecularSums<TVec> sums, int j)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double gap = sums.Poles[j + 1] - sums.Poles[j], middle = gap / 2;
        double lower = sums.Weights[j] * sums.Weights[j], upper = sums.Weights[j + 1] * sums.Weights[j + 1];
        SecularValue value = sums.At(sums.Poles[j], middle);
        double others = value.Sum + lower / middle - upper / (gap - middle);
        int origin = value.Sum >= 0 ? j : j + 1;
        (double below, double above) = origin == j ? (0.0, gap) : (-gap, 0.0);
        (double low, double high) = origin == j ? (0.0, middle) : (-middle, 0.0);
        double shift = TwoPoles(others, lower, upper, below, above);
        for (int step = 0; step < MostSteps; step++)
        {
            // After UsualSteps, every second step bisects and ignores the result of the two-pole equation.
            if (!(shift > low && shift < high) || (step > UsualSteps && step % 2 == 0))
                shift = low + (high - low) / 2;
            if (!(shift > low && shift < high))
                return (origin, origin == j ? high : low);
            value = sums.At(sums.Poles[origin], shift);
            if (value.Sum < 0)
                low = shift;
            else
                high = shift;
            double toBelow = below - shift, toAbove = above - shift;
            double next = shift + TwoPoles(
                value.Sum - toBelow * value.BelowSlope - toAbove * value.AboveSlope, toBelow * toBelow * value.BelowSlope,
                toAbove * toAbove * value.AboveSlope, toBelow, toAbove);
            if (value.IsNoise)
                return (origin, next > low && next < high ? next : shift);
            shift = next;
        }

        return (origin, origin == j ? high : low);
    }

    // Finds the root above the last pole. All poles are below it, and one pole replaces them.
    private static double Last<TVec>(in SecularSums<TVec> sums, int j, double high)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double low = 0, shift = high / 2;
        high += high * 1e-12;
        for (int step = 0; step < MostSteps; step++)
        {
            if (!(shift > low && shift < high) || (step > UsualSteps && step % 2 == 0))
                shift = low + (high - low) / 2;
            if (!(shift > low && shift < high))
                break;
            SecularValue value = sums.At(sums.Poles[j], shift);
            if (value.Sum < 0)
                low = shift;
            else
                high = shift;
            double next = shift - shift * value.Sum / (value.Sum + shift * value.BelowSlope);
            if (value.IsNoise)
                return next > low && next < high ? next : shift;
            shift = next;
        }

        return high;
    }

    // Solves rest + lower/(below − x) + upper/(above − x) = 0 for x between two poles. Because of rounding errors, the result may be any
    // number.
    private static double TwoPoles(double rest, double lower, double upper, double below, double above)
    {
        double a = rest * (below + above) + lower + upper, b = rest * below * above + lower * above + upper * below;
        double root = Math.Sqrt(Math.Abs(a * a - 4 * b * rest));
        return a <= 0 ? (a - root) / (2 * rest) : 2 * b / (a + root);
    }
}
