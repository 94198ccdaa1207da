namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>The kernel rows that some output rows of a convolution use, or the same for columns, in the order of the input rows that they
/// read.</summary>
internal readonly struct TapLine(int first, int step, int count, int origin)
{
    /// <summary>The first kernel row, and the distance to the next.</summary>
    internal readonly int First = first, Step = step;

    /// <summary>Number of kernel rows.</summary>
    internal readonly int Count = count;

    /// <summary>The input row that the first kernel row reads for the first output row.</summary>
    internal readonly int Origin = origin;

    /// <summary>The taps of a convolution that isn't transposed: all, from the first on.</summary>
    /// <param name="kernelSize">Side of the kernel.</param>
    /// <param name="before">Rows of the kernel before the pixel that it is aligned to.</param>
    internal static TapLine Direct(int kernelSize, int before) => new(0, 1, kernelSize, -before);

    /// <summary>The taps of each second output row of a transposed convolution.</summary>
    /// <remarks>Input row i adds to the output rows 2·i + tap - before. So output row 2·i + parity uses each second kernel row, and reads
    /// them from the last to the first.</remarks>
    /// <param name="kernelSize">Side of the kernel.</param>
    /// <param name="before">Rows of the kernel before the pixel that it is aligned to.</param>
    /// <param name="parity">0 for even output rows, 1 for odd ones.</param>
    internal static TapLine Transposed(int kernelSize, int before, int parity)
    {
        int offset = (parity + before) % 2, count = (kernelSize - offset + 1) / 2;
        return new(2 * (count - 1) + offset, -2, count, (parity + before - offset) / 2 - (count - 1));
    }
}
