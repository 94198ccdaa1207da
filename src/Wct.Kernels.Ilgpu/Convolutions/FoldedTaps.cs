using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>The weights of <see cref="ConvUpsampled"/>: taps that meet copies of the same input are added.</summary>
internal static class FoldedTaps
{
    private const int GroupSize = 128, Taps = 4;

    /// <param name="weights">See <see cref="WeightLayout"/>, nine taps.</param>
    /// <param name="folded">[parity of row, parity of column], each see <see cref="WeightLayout"/>, four taps.</param>
    /// <param name="rows">Blocks of outputs times input channels in whole chunks.</param>
    [KernelName("FoldedTaps"), Group(GroupSize)]
    internal static void Run(ArrayView<Quad> weights, ArrayView<Quad> folded, int rows)
    {
        const int Quads = WeightLayout.BlockQuads;
        long i = (long)Grid.IdxX * GroupSize + Group.IdxX, length = (long)rows * (Taps * Quads);
        if (i >= 4 * length)
            return;
        int parity = (int)(i / length), oddRow = parity / 2, oddColumn = parity % 2;
        long row = i % length / (Taps * Quads);
        int tap = (int)(i / Quads % Taps), quad = (int)(i % Quads), tapRow = tap / 2, tapColumn = tap % 2;
        // Even outputs read rows (0 | 1 2) of the taps, odd ones (0 1 | 2).
        int firstRow = tapRow == 0 ? 0 : 1 + oddRow, lastRow = tapRow == 0 ? oddRow : 2;
        int firstColumn = tapColumn == 0 ? 0 : 1 + oddColumn, lastColumn = tapColumn == 0 ? oddColumn : 2;
        Quad sum = new(0f, 0f, 0f, 0f);
        for (int y = firstRow; y <= lastRow; y++)
        {
            for (int x = firstColumn; x <= lastColumn; x++)
                sum = Quad.Add(sum, weights[(row * Window3x3.Taps + 3 * y + x) * Quads + quad]);
        }

        folded[i] = sum;
    }
}
