using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.LinearAlgebra;

/// <summary>The sum of each row's squares, in double, of two of some square matrices that lie one behind the other.</summary>
internal static class RowSquares
{
    private const int GroupSize = 64;

    /// <param name="matrices">[any, size, size].</param>
    /// <param name="sums">[2, size]; a group writes one.</param>
    /// <param name="first">The number of the matrix that the first row of groups sums.</param>
    /// <param name="second">Of the one that the second row of groups does.</param>
    [KernelName("RowSquares"), Group(GroupSize)]
    internal static void Run(ArrayView<double> matrices, ArrayView<double> sums, int size, int first, int second)
    {
        ArrayView<double> parts = SharedMemory.Allocate<double>(GroupSize);
        int row = Grid.IdxX, thread = Group.IdxX;
        long at = ((long)(Grid.IdxY == 0 ? first : second) * size + row) * size;
        double sum = 0;
        for (int k = thread; k < size; k += GroupSize)
            sum += matrices[at + k] * matrices[at + k];
        parts[thread] = sum;
        Group.Barrier();
        if (thread != 0)
            return;
        for (int i = 1; i < GroupSize; i++)
            sum += parts[i];
        sums[(long)Grid.IdxY * size + row] = sum;
    }
}
