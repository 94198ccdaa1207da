using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.LinearAlgebra;

/// <summary>Computes one or two products of square matrices of one buffer in double precision: C = scale·A·B + shift·I.</summary>
/// <remarks>
/// A thread block computes 32x32 elements. A thread computes 2x2 of them, 16 apart, so that neighboring threads read neighboring elements.
/// Sums run in order, so the same matrices give the same result.
/// </remarks>
internal static class MatrixProduct
{
    /// <summary>Side of the square of the product that a thread block computes.</summary>
    [HostConstant]
    internal const int Square = 32;

    private const int ThreadBlockSize = 256, Half = Square / 2, Depth = 16;

    // Threads write A's part by columns. One more element per row puts a column's elements in different banks.
    private const int LeftRow = Square + 1;

    /// <param name="matrices">[any, size, size].</param>
    /// <param name="factors">[any, 2]: scale and shift.</param>
    /// <param name="step">Index of the row of <paramref name="factors"/> to use.</param>
    /// <param name="size">Rows and columns of each matrix.</param>
    /// <param name="left">Index of A for thread blocks with y = 0.</param>
    /// <param name="right">Index of B for thread blocks with y = 0.</param>
    /// <param name="product">Index of C for thread blocks with y = 0. No product may overwrite an A or B of either product.</param>
    /// <param name="left2">Index of A for thread blocks with y = 1.</param>
    /// <param name="right2">Index of B for thread blocks with y = 1.</param>
    /// <param name="product2">Index of C for thread blocks with y = 1.</param>
    [KernelName("MatrixProduct"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(
        ArrayView<double> matrices, ArrayView<double> factors, int step, int size, int left, int right, int product, int left2, int right2,
        int product2)
    {
        ArrayView<double> a = SharedMemory.Allocate<double>(Depth * LeftRow);
        ArrayView<double> b = SharedMemory.Allocate<double>(Depth * Square);
        int squares = (size + Square - 1) / Square, row = Grid.IdxX / squares * Square, column = Grid.IdxX % squares * Square;
        bool second = Grid.IdxY != 0;
        long matrix = (long)size * size, from = (second ? left2 : left) * matrix, with = (second ? right2 : right) * matrix;
        int thread = Group.IdxX, i = thread / Half, j = thread % Half;
        double sum00 = 0, sum01 = 0, sum10 = 0, sum11 = 0;
        for (int start = 0; start < size; start += Depth)
        {
            for (int k = thread; k < Depth * Square; k += ThreadBlockSize)
            {
                int depth = k % Depth, line = k / Depth;
                a[depth * LeftRow + line] = Number(matrices, from, row + line, start + depth, size);
                b[k] = Number(matrices, with, start + k / Square, column + k % Square, size);
            }

            Group.Barrier();
            for (int k = 0; k < Depth; k++)
            {
                double a0 = a[k * LeftRow + i], a1 = a[k * LeftRow + i + Half], b0 = b[k * Square + j], b1 = b[k * Square + j + Half];
                sum00 += a0 * b0;
                sum01 += a0 * b1;
                sum10 += a1 * b0;
                sum11 += a1 * b1;
            }

            Group.Barrier();
        }

        double scale = factors[2 * step], shift = factors[2 * step + 1];
        long to = (second ? product2 : product) * matrix;
        i += row;
        j += column;
        Store(matrices, to, i, j, size, scale * sum00, shift);
        Store(matrices, to, i, j + Half, size, scale * sum01, shift);
        Store(matrices, to, i + Half, j, size, scale * sum10, shift);
        Store(matrices, to, i + Half, j + Half, size, scale * sum11, shift);
    }

    private static double Number(ArrayView<double> matrices, long matrix, int i, int j, int size) =>
        i < size && j < size ? matrices[matrix + (long)i * size + j] : 0;

    private static void Store(ArrayView<double> matrices, long matrix, int i, int j, int size, double number, double shift)
    {
        if (i < size && j < size)
            matrices[matrix + (long)i * size + j] = i == j ? number + shift : number;
    }
}
