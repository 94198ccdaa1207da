using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>Convolution with stride 1 (or transposed), any kernel size and padding, to few output channels, such as a picture's.</summary>
/// <remarks>A thread block computes 32x16 pixels by four output channels, and a thread computes four pixels. The blocks of 16 output
/// channels of <see cref="ConvTiled"/> would be mostly padding.</remarks>
internal static class ConvTiledLast
{
    /// <summary>Pixels per row of the tile that a thread block computes. The patch of a tile would be too large with stride 2.</summary>
    [HostConstant]
    internal const int TileWidth = 32;

    /// <inheritdoc cref="TiledConvolution.Run"/>
    [KernelName("ConvTiledLast"), ThreadBlock(TiledConvolution.ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output, int inChannels, int outChannels,
        int height, int width, int outHeight, int outWidth, int kernelSize, int top, int left, int padding, int transposed,
        int activation) => TiledConvolution.Run<PixelBlock>(
        input, weights, bias, output, inChannels, outChannels, height, width, outHeight, outWidth, kernelSize, stride: 1, top, left,
        padding, transposed, activation);
}
