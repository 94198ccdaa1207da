namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Maps indices outside of a map to indices inside.</summary>
internal static class Border
{
    /// <summary>Reflects an index that is at most one pixel outside. Indices further outside don't affect any output, so they give an
    /// arbitrary index inside.</summary>
    internal static int Reflect(int index, int length)
    {
        int reflected = index < 0 ? -index : index;
        reflected = reflected >= length ? 2 * length - 2 - reflected : reflected;
        return Nearest(reflected, length);
    }

    /// <summary>The pixel that a 3x3 convolution reads for an index that is at most one pixel outside; -1 for a zero.</summary>
    /// <param name="index">An index. Those further outside don't affect any output, so they give -1 or an arbitrary index inside.</param>
    /// <param name="length">Length of the side.</param>
    /// <param name="padding">The number of a <see cref="PaddingMode"/>.</param>
    internal static int Pad(int index, int length, int padding) =>
        padding == (int)PaddingMode.Reflect ? Reflect(index, length) : PadOtherwise(index, length, padding);

    /// <summary>The input pixel that a 3x3 convolution of an upsampled input reads, for an input pixel that is at most one pixel outside;
    /// -1 for a zero.</summary>
    /// <param name="index">An index of the input before upsampling.</param>
    /// <param name="length">Length of the input's side.</param>
    /// <param name="padding">The number of a <see cref="PaddingMode"/>.</param>
    internal static int PadUpsampled(int index, int length, int padding) =>
        padding == (int)PaddingMode.Reflect ? Nearest(index, length) : PadOtherwise(index, length, padding);

    /// <summary>Clamps an index to the nearest one inside.</summary>
    internal static int Nearest(int index, int length) => Math.Max(0, Math.Min(index, length - 1));

    // Zeros or the opposite side.
    private static int PadOtherwise(int index, int length, int padding)
    {
        if (index >= 0 && index < length)
            return index;
        return padding == (int)PaddingMode.Zero ? -1 : Nearest(index < 0 ? index + length : index - length, length);
    }
}
