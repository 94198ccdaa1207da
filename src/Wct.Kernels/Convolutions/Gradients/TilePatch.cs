using Wct.Kernels.Cpu;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>A square of pixels copied out of a map, for tiles that reach beyond its sides.</summary>
internal static unsafe class TilePatch
{
    /// <summary>Copies a square; zeros beyond the sides.</summary>
    /// <param name="patch">[side, side, 16].</param>
    internal static void Gather(CpuTensor source, int block, int top, int left, int side, float* patch)
    {
        const int Lanes = BlockedLayout.BlockLanes;
        new Span<float>(patch, side * side * Lanes).Clear();
        int firstColumn = Math.Max(0, -left), columns = Math.Min(side, source.Shape.Width - left) - firstColumn;
        for (int i = Math.Max(0, -top); i < Math.Min(side, source.Shape.Height - top) && columns > 0; i++)
        {
            new ReadOnlySpan<float>(source.At(block, top + i, left + firstColumn), columns * Lanes)
                .CopyTo(new Span<float>(patch + (i * side + firstColumn) * Lanes, columns * Lanes));
        }
    }

    /// <summary>Copies a square; beyond the sides the reflection, and beyond the first reflected pixel that one again.</summary>
    /// <param name="patch">[side, side, 16].</param>
    internal static void GatherReflected(CpuTensor source, int block, int top, int left, int side, float* patch)
    {
        const int Lanes = BlockedLayout.BlockLanes;
        for (int i = 0; i < side; i++)
        {
            int row = Math.Min(top + i, source.Shape.Height);
            for (int j = 0; j < side; j++)
            {
                float* pixel = source.At(block, row, Math.Min(left + j, source.Shape.Width));
                new ReadOnlySpan<float>(pixel, Lanes).CopyTo(new Span<float>(patch + (i * side + j) * Lanes, Lanes));
            }
        }
    }
}
