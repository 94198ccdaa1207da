using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Householder's reflection I − τ·v·vᵀ, which turns a vector onto one axis.</summary>
/// <remarks>Golub and Van Loan, 4th edition, section 5.1.</remarks>
internal static unsafe partial class Reflector
{
    // Squares below this have lost digits, and the reflection would not be orthogonal. Beside a matrix of norm 1 such a tail is nothing.
    private const double Negligible = 1e-280;

    /// <summary>Replaces a vector by the v of its reflection.</summary>
    /// <param name="v">In: the vector from <paramref name="head"/> to <paramref name="end"/>. Out: v, zeros before the head and 1 there.</param>
    /// <param name="begin">Where the zeros start: a multiple of 16, as <paramref name="end"/>.</param>
    /// <param name="head">The axis's place.</param>
    /// <param name="scale">τ, in [1, 2], or 0 when there is nothing to reflect.</param>
    /// <returns>The one element that the reflection leaves, at the head.</returns>
    internal static double Make<TVec>(double* v, int begin, int head, int end, out double scale)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double first = v[head];
        new Span<double>(v + begin, head + 1 - begin).Clear();
        double tail = SquareNorm<TVec>(v, begin, end);
        v[head] = 1;
        scale = 0;
        if (!(tail > Negligible))
        {
            new Span<double>(v + head + 1, end - head - 1).Clear();
            return first;
        }

        double left = -Math.CopySign(Math.Sqrt(first * first + tail), first);
        scale = (left - first) / left;
        Multiply<TVec>(v, begin, end, 1 / (first - left));
        v[head] = 1;
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SquareNorm<TVec>(double* v, int begin, int end)
        where TVec : unmanaged, IVec<TVec, double>
    {
        TVec sum = TVec.Broadcast(0);
        for (int j = begin; j < end; j += TVec.Count)
            sum = TVec.MultiplyAdd(TVec.Load(v + j), TVec.Load(v + j), sum);
        return TVec.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TVec>(double* v, int begin, int end, double factor)
        where TVec : unmanaged, IVec<TVec, double>
    {
        TVec factors = TVec.Broadcast(factor);
        for (int j = begin; j < end; j += TVec.Count)
            (TVec.Load(v + j) * factors).Store(v + j);
    }
}
