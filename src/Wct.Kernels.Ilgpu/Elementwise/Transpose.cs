using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Planes to pixels and back: both are the transposition of a matrix.</summary>
/// <remarks>Squares of 32 go through shared memory, so that reads and writes both run along rows.</remarks>
internal static class Transpose
{
    private const int GroupSize = 256, Square = 32, RowsAtOnce = GroupSize / Square;

    /// <param name="input">[rows, columns].</param>
    /// <param name="output">[columns, rows].</param>
    [KernelName("Transpose"), Group(GroupSize)]
    internal static void Run(ArrayView<float> input, ArrayView<float> output, int rows, int columns)
    {
        // One more to a row, so that a column lies in different banks.
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
