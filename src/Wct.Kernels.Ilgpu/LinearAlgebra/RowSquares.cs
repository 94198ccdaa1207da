using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.LinearAlgebra;

/// <summary>Sums the squares of each row in double precision, for two square matrices of one buffer.</summary>
internal static class RowSquares
{
    private const int ThreadBlockSize = 64;

    /// <param name="matrices">[any, size, size].</param>
    /// <param name="sums">[2, size]; a thread block writes one sum.</param>
    /// <param name="size">Rows and columns of each matrix.</param>
    /// <param name="first">Index of the matrix for thread blocks with y = 0.</param>
    /// <param name="second">Index of the matrix for thread blocks with y = 1.</param>
    [KernelName("RowSquares"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(ArrayView<double> matrices, ArrayView<double> sums, int size, int first, int second)
    {
        ArrayView<double> parts = SharedMemory.Allocate<double>(ThreadBlockSize);
        int row = Grid.IdxX, thread = Group.IdxX;
        long at = ((long)(Grid.IdxY == 0 ? first : second) * size + row) * size;
        double sum = 0;
        for (int k = thread; k < size; k += ThreadBlockSize)
            sum += matrices[at + k] * matrices[at + k];
        parts[thread] = sum;
        Group.Barrier();
        if (thread != 0)
            return;
        for (int i = 1; i < ThreadBlockSize; i++)
            sum += parts[i];
        sums[(long)Grid.IdxY * size + row] = sum;
    }
}
