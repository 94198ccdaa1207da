using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>Convolution with any kernel size, stride and padding, also transposed.</summary>
/// <remarks>A thread block computes 16x16 pixels by 16 output channels, and a thread computes four pixels by 8 channels.</remarks>
internal static class ConvTiled
{
    /// <summary>Pixels per row of the tile that a thread block computes.</summary>
    [HostConstant]
    internal const int TileWidth = 16;

    /// <inheritdoc cref="TiledConvolution.Run"/>
    [KernelName("ConvTiled"), ThreadBlock(TiledConvolution.ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output, int inChannels, int outChannels,
        int height, int width, int outHeight, int outWidth, int kernelSize, int stride, int top, int left, int padding, int transposed,
        int activation) => TiledConvolution.Run<ChannelPair>(
        input, weights, bias, output, inChannels, outChannels, height, width, outHeight, outWidth, kernelSize, stride, top, left, padding,
        transposed, activation);
}
