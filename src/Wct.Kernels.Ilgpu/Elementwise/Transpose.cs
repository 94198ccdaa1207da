using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Transposes a matrix. It converts planar maps to interleaved ones and back.</summary>
/// <remarks>Squares of 32x32 pass through shared memory, so that reads and writes both run along rows.</remarks>
internal static class Transpose
{
    /// <summary>Side of the square that a thread block transposes.</summary>
    [HostConstant]
    internal const int Square = 32;

    private const int ThreadBlockSize = 256, RowsAtOnce = ThreadBlockSize / Square;

    /// <param name="input">[rows, columns].</param>
    /// <param name="output">[columns, rows].</param>
    /// <param name="rows">Rows of the input.</param>
    /// <param name="columns">Columns of the input.</param>
    [KernelName("Transpose"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(ArrayView<float> input, ArrayView<float> output, int rows, int columns)
    {
        // One more element per row puts a column's elements in different banks.
        ArrayView<float> square = SharedMemory.Allocate<float>(Square * (Square + 1));
        int across = (columns - 1) / Square + 1;
        long firstRow = (long)(Grid.IdxX / across) * Square, firstColumn = (long)(Grid.IdxX % across) * Square;
        int lane = Group.IdxX % Square, start = Group.IdxX / Square;
        for (int i = start; i < Square; i += RowsAtOnce)
        {
            if (firstRow + i < rows && firstColumn + lane < columns)
                square[i * (Square + 1) + lane] = input[(firstRow + i) * columns + firstColumn + lane];
        }

        Group.Barrier();
        for (int i = start; i < Square; i += RowsAtOnce)
        {
            if (firstColumn + i < columns && firstRow + lane < rows)
                output[(firstColumn + i) * rows + firstRow + lane] = square[lane * (Square + 1) + i];
        }
    }
}
