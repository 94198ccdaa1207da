using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>Computes the weights of <see cref="ConvUpsampled"/> by adding the taps that read copies of the same input pixel.</summary>
internal static class FoldedTaps
{
    /// <summary>Parities of an output's row and column. Each has its own weights.</summary>
    [HostConstant]
    internal const int Parities = 4;

    /// <summary>Taps of each parity: 2x2.</summary>
    [HostConstant]
    internal const int Taps = 4;

    private const int ThreadBlockSize = 128;

    /// <param name="weights">In the <see cref="WeightLayout"/>, with nine taps.</param>
    /// <param name="folded">[parity of row, parity of column], each in the <see cref="WeightLayout"/> with four taps.</param>
    /// <param name="rows">Blocks of outputs times input channels, rounded up to whole chunks.</param>
    [KernelName("FoldedTaps"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(ArrayView<Quad> weights, ArrayView<Quad> folded, int rows)
    {
        const int Quads = WeightLayout.BlockQuads;
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX, length = (long)rows * (Taps * Quads);
        if (i >= Parities * length)
            return;
        int parity = (int)(i / length), oddRow = parity / 2, oddColumn = parity % 2;
        long row = i % length / (Taps * Quads);
        int tap = (int)(i / Quads % Taps), quad = (int)(i % Quads), tapRow = tap / 2, tapColumn = tap % 2;
        // For even outputs, tap row 0 reads one input row, and tap rows 1 and 2 read the next. For odd outputs, tap rows 0 and 1 read one
        // input row, and tap row 2 reads the next.
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
