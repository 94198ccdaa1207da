namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Householder reflection I − τ·v·vᵀ, which maps a vector to a multiple of one axis.</summary>
/// <remarks>It uses plain loops, because creating all reflections of a matrix with 512 rows takes 0.2 ms of 30 ms, and vector code would
/// take longer to compile. Golub and Van Loan, Matrix Computations, 4th edition, section 5.1.</remarks>
internal static unsafe class Reflector
{
    // Sums of squares below this have lost digits, so the reflection would not be orthogonal. In a matrix of norm 1, such a tail is
    // negligible.
    private const double Negligible = 1e-280;

    /// <summary>Replaces a vector by the v of its reflection.</summary>
    /// <param name="v">In: the vector from <paramref name="head"/> to <paramref name="end"/>. Out: v, 1 at the head.</param>
    /// <param name="head">Index of the axis.</param>
    /// <param name="end">Index after the vector's last element.</param>
    /// <param name="scale">τ, in [1, 2], or 0 if there is nothing to reflect.</param>
    /// <returns>The element at the head after the reflection; all others are zero.</returns>
    internal static double Make(double* v, int head, int end, out double scale)
    {
        double first = v[head], tail = 0;
        for (int j = head + 1; j < end; j++)
            tail += v[j] * v[j];
        v[head] = 1;
        bool negligible = !(tail > Negligible);
        double left = negligible ? first : -Math.CopySign(Math.Sqrt(first * first + tail), first);
        double factor = negligible ? 0 : 1 / (first - left);
        for (int j = head + 1; j < end; j++)
            v[j] *= factor;
        scale = negligible ? 0 : (left - first) / left;
        return left;
    }
}
