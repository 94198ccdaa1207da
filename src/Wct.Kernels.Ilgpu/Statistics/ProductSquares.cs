using ILGPU;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>What the kernels for sums of products share: how groups and threads divide the products of all channels.</summary>
/// <remarks>
/// A group does a square of 32x32 channels that touches the diagonal or lies above it, a thread 2x2 of them; channels of a thread are 16 apart,
/// so that neighbors read neighbors. The loops over pixels stand in each kernel: as a method with its sums by reference, ILGPU gives
/// the registers other names, and the modules' text is held to be the same from build to build.
/// </remarks>
internal static class ProductSquares
{
    internal const int GroupSize = 256, Square = 32, Half = Square / 2, Pixels = 16;

    /// <summary>Stores one sum of the group's segment.</summary>
    internal static void Store(ArrayView<double> products, int i, int j, int channels, double sum)
    {
        if (i < channels && j < channels)
            products[((long)Grid.IdxY * channels + i) * channels + j] = sum;
    }
}
