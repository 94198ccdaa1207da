using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Products of a few rows with a vector, and of factors with a few rows. Ranges start and end at multiples of 16.</summary>
internal static unsafe class VectorRows
{
    /// <summary>Rows per step; counts are rounded up to a multiple of it.</summary>
    internal const int RowAlignment = 4;

    /// <summary>Computes results[p] = Σ_j rows[p, j]·x[j].</summary>
    /// <param name="rows">[count rounded up, stride].</param>
    /// <param name="stride">Elements per row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="x">[end].</param>
    /// <param name="begin">First column, a multiple of 16.</param>
    /// <param name="end">Column after the last, a multiple of 16.</param>
    /// <param name="results">[count rounded up].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Dot<TVec>(double* rows, int stride, int count, double* x, int begin, int end, double* results)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int p = 0; p < count; p += RowAlignment)
        {
            double* row0 = rows + (long)p * stride, row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
            TVec sum0 = TVec.Broadcast(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int j = begin; j < end; j += TVec.Count)
            {
                TVec factor = TVec.Load(x + j);
                sum0 = TVec.MultiplyAdd(TVec.Load(row0 + j), factor, sum0);
                sum1 = TVec.MultiplyAdd(TVec.Load(row1 + j), factor, sum1);
                sum2 = TVec.MultiplyAdd(TVec.Load(row2 + j), factor, sum2);
                sum3 = TVec.MultiplyAdd(TVec.Load(row3 + j), factor, sum3);
            }

            (results[p], results[p + 1], results[p + 2], results[p + 3]) = (TVec.Sum(sum0), TVec.Sum(sum1), TVec.Sum(sum2), TVec.Sum(sum3));
        }
    }

    /// <summary>Computes y[j] += Σ_p factors[p]·rows[p, j].</summary>
    /// <param name="rows">[count rounded up, stride].</param>
    /// <param name="stride">Elements per row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="factors">[count rounded up]; elements after the first <paramref name="count"/> are set to zero.</param>
    /// <param name="y">[end].</param>
    /// <param name="begin">First column, a multiple of 16.</param>
    /// <param name="end">Column after the last, a multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Combine<TVec>(double* rows, int stride, int count, double* factors, double* y, int begin, int end)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int p = count; p % RowAlignment != 0; p++)
            factors[p] = 0;
        for (int p = 0; p < count; p += RowAlignment)
        {
            double* row0 = rows + (long)p * stride, row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
            TVec factor0 = TVec.Broadcast(factors[p]), factor1 = TVec.Broadcast(factors[p + 1]);
            TVec factor2 = TVec.Broadcast(factors[p + 2]), factor3 = TVec.Broadcast(factors[p + 3]);
            for (int j = begin; j < end; j += TVec.Count)
            {
                TVec sum = TVec.MultiplyAdd(factor0, TVec.Load(row0 + j), TVec.Load(y + j));
                sum = TVec.MultiplyAdd(factor1, TVec.Load(row1 + j), sum);
                sum = TVec.MultiplyAdd(factor2, TVec.Load(row2 + j), sum);
                TVec.MultiplyAdd(factor3, TVec.Load(row3 + j), sum).Store(y + j);
            }
        }
    }

    /// <summary>Rotates two rows: a ← cosine·a + sine·b, b ← cosine·b − sine·a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rotate<TVec>(double* a, double* b, double cosine, double sine, int count)
        where TVec : unmanaged, IVec<TVec, double>
    {
        TVec c = TVec.Broadcast(cosine), s = TVec.Broadcast(sine);
        for (int j = 0; j < count; j += TVec.Count)
        {
            TVec first = TVec.Load(a + j), second = TVec.Load(b + j);
            TVec.MultiplyAdd(c, first, s * second).Store(a + j);
            (c * second - s * first).Store(b + j);
        }
    }
}
