using Wct.Kernels.Cpu;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Copies a square of pixels out of a map, for tiles that reach past its sides.</summary>
internal static unsafe class TilePatch
{
    /// <summary>Copies a square, with zeros outside of the map.</summary>
    /// <param name="source">Map to copy from.</param>
    /// <param name="block">Block of channels.</param>
    /// <param name="top">First row of the square; may be negative.</param>
    /// <param name="left">First column of the square; may be negative.</param>
    /// <param name="side">Rows and columns of the square.</param>
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

    /// <summary>Copies a square, with one pixel of padding outside of the map on each side. Pixels further out repeat that one.</summary>
    /// <param name="source">Map to copy from.</param>
    /// <param name="padding">What the pixels outside of the map are.</param>
    /// <param name="block">Block of channels.</param>
    /// <param name="top">First row of the square; at least -1.</param>
    /// <param name="left">First column of the square; at least -1.</param>
    /// <param name="side">Rows and columns of the square.</param>
    /// <param name="patch">[side, side, 16].</param>
    internal static void GatherPadded(CpuTensor source, PaddingMode padding, int block, int top, int left, int side, float* patch)
    {
        const int Lanes = BlockedLayout.BlockLanes;
        for (int i = 0; i < side; i++)
        {
            int row = PaddingIndex.Of(padding, Math.Min(top + i, source.Shape.Height), source.Shape.Height);
            for (int j = 0; j < side; j++)
            {
                int column = PaddingIndex.Of(padding, Math.Min(left + j, source.Shape.Width), source.Shape.Width);
                Span<float> target = new(patch + (i * side + j) * Lanes, Lanes);
                if (row < 0 || column < 0)
                    target.Clear();
                else
                    new ReadOnlySpan<float>(source.At(block, row, column), Lanes).CopyTo(target);
            }
        }
    }
}
