namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Householder's reflection I − τ·v·vᵀ, which turns a vector onto one axis.</summary>
/// <remarks>
/// Plain loops: all reflections of a matrix of 512 rows take 0.2 ms of 30 together, and vectors would cost more than that to compile.
/// Golub and Van Loan, Matrix Computations, 4th edition, section 5.1.
/// </remarks>
internal static unsafe class Reflector
{
    // Squares below this have lost digits, and the reflection would not be orthogonal. Beside a matrix of norm 1 such a tail is nothing.
    private const double Negligible = 1e-280;

    /// <summary>Replaces a vector by the v of its reflection.</summary>
    /// <param name="v">In: the vector from <paramref name="head"/> to <paramref name="end"/>. Out: v, 1 at the head.</param>
    /// <param name="head">The axis's place.</param>
    /// <param name="scale">τ, in [1, 2], or 0 when there is nothing to reflect.</param>
    /// <returns>The one element that the reflection leaves, at the head.</returns>
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
