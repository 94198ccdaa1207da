namespace Wct.Kernels;

/// <summary>Finds the pixel that a convolution reads for an index outside of its input.</summary>
internal static class PaddingIndex
{
    /// <summary>The index within the side, or -1 for a zero.</summary>
    /// <param name="padding">Padding mode.</param>
    /// <param name="index">Any index.</param>
    /// <param name="length">Length of the side, at least 1.</param>
    internal static int Of(PaddingMode padding, int index, int length)
    {
        if ((uint)index < (uint)length)
            return index;
        if (padding == PaddingMode.Reflect)
            return Reflection.Index(index, length);
        if (padding == PaddingMode.Zero)
            return -1;
        int rest = index % length;
        return rest < 0 ? rest + length : rest;
    }
}
