using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Multiplies a symmetric matrix by a vector. Memory bandwidth limits the speed, so only the upper triangle is read,
/// once.</summary>
internal static unsafe class SymmetricProduct
{
    private const int RowsAtATime = 4;

    /// <summary>Computes y = A·x for rows and columns from begin to end.</summary>
    /// <param name="a">[end, stride]: the upper triangle, and whole blocks of <see cref="Block{TVec}"/> on the diagonal.</param>
    /// <param name="stride">Elements per row of the matrix.</param>
    /// <param name="begin">First row and column, a multiple of 16.</param>
    /// <param name="end">Row and column after the last, a multiple of 16.</param>
    /// <param name="x">[end].</param>
    /// <param name="y">[end]; written from begin on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<TVec>(double* a, int stride, int begin, int end, double* x, double* y)
        where TVec : unmanaged, IVec<TVec, double>
    {
        new Span<double>(y + begin, end - begin).Clear();
        for (int i = begin; i < end; i += RowsAtATime)
        {
            double* row0 = a + (long)i * stride, row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
            TVec sum0 = TVec.Broadcast(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            int block = i / Block<TVec>() * Block<TVec>(), strip = block + Block<TVec>();
            for (int j = block; j < strip; j += TVec.Count)
            {
                TVec factor = TVec.Load(x + j);
                sum0 = TVec.MultiplyAdd(TVec.Load(row0 + j), factor, sum0);
                sum1 = TVec.MultiplyAdd(TVec.Load(row1 + j), factor, sum1);
                sum2 = TVec.MultiplyAdd(TVec.Load(row2 + j), factor, sum2);
                sum3 = TVec.MultiplyAdd(TVec.Load(row3 + j), factor, sum3);
            }

            // To the right of the diagonal block, each element is used twice: for its row, and as its mirror image for its column.
            TVec x0 = TVec.Broadcast(x[i]), x1 = TVec.Broadcast(x[i + 1]), x2 = TVec.Broadcast(x[i + 2]), x3 = TVec.Broadcast(x[i + 3]);
            for (int j = strip; j < end; j += TVec.Count)
            {
                TVec factor = TVec.Load(x + j), column = TVec.Load(y + j);
                TVec element0 = TVec.Load(row0 + j), element1 = TVec.Load(row1 + j);
                sum0 = TVec.MultiplyAdd(element0, factor, sum0);
                column = TVec.MultiplyAdd(element0, x0, column);
                sum1 = TVec.MultiplyAdd(element1, factor, sum1);
                column = TVec.MultiplyAdd(element1, x1, column);
                TVec element2 = TVec.Load(row2 + j), element3 = TVec.Load(row3 + j);
                sum2 = TVec.MultiplyAdd(element2, factor, sum2);
                column = TVec.MultiplyAdd(element2, x2, column);
                sum3 = TVec.MultiplyAdd(element3, factor, sum3);
                TVec.MultiplyAdd(element3, x3, column).Store(y + j);
            }

            y[i] += TVec.Sum(sum0);
            y[i + 1] += TVec.Sum(sum1);
            y[i + 2] += TVec.Sum(sum2);
            y[i + 3] += TVec.Sum(sum3);
        }
    }

    /// <summary>Side of the diagonal blocks that <see cref="TransposedProduct"/> computes in full when it updates an upper
    /// triangle.</summary>
    internal static int Block<TVec>()
        where TVec : unmanaged, IVec<TVec, double> => Math.Max(TransposedProduct.TileRows, 2 * TVec.Count);
}
