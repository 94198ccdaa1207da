using ILGPU;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>Divides the work of the kernels that sum products of channels.</summary>
/// <remarks>
/// A thread block computes a square of 32x32 channels on or above the diagonal. A thread computes 2x2 of them, 16 apart, so that
/// neighboring threads read neighboring channels. Each kernel has its own loop over pixels, because a shared method that takes the sums by
/// reference would change the compiled code of both.
/// </remarks>
internal static class ProductSquares
{
    /// <summary>Side of the square of channels that a thread block computes.</summary>
    [HostConstant]
    internal const int Square = 32;

    internal const int ThreadBlockSize = 256, Half = Square / 2, Pixels = 16;

    /// <summary>Stores one sum of the thread block's segment.</summary>
    internal static void Store(ArrayView<double> products, int i, int j, int channels, double sum)
    {
        if (i < channels && j < channels)
            products[((long)Grid.IdxY * channels + i) * channels + j] = sum;
    }
}
