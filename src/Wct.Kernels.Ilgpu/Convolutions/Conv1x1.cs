using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>1x1 convolution: multiplies every pixel by a matrix. The affine map of features uses this kernel too.</summary>
/// <remarks>A thread block computes 256 pixels by 16 output channels. A thread computes four pixels, 64 apart, by 8 channels.</remarks>
internal static class Conv1x1
{
    /// <summary>Pixels that a thread block computes.</summary>
    [HostConstant]
    internal const int TilePixels = 256;

    private const int ThreadBlockSize = 128, Apart = 64;

    /// <param name="input">[pixels, inChannels].</param>
    /// <param name="weights">In the <see cref="WeightLayout"/>, with one tap.</param>
    /// <param name="bias">[outChannels], with zeros up to a whole block.</param>
    /// <param name="output">[pixels, outChannels].</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="pixels">Pixels of the map.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    [KernelName("Conv1x1"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int pixels, int activation)
    {
        // One more than the pixels, so that the channels of a pixel are in different banks.
        const int Chunk = WeightLayout.Chunk, Stride = TilePixels + 1, ChunkQuads = Chunk * WeightLayout.BlockQuads;
        ArrayView<float> patch = SharedMemory.Allocate<float>(Chunk * Stride);
        ArrayView<Quad> chunk = SharedMemory.Allocate<Quad>(ChunkQuads);
        int thread = Group.IdxX, pair = thread % 2 * 2, own = thread / 2, chunks = (inChannels + Chunk - 1) / Chunk;
        int quad = Grid.IdxY * WeightLayout.BlockQuads + pair;
        long firstPixel = (long)Grid.IdxX * TilePixels;
        ChannelPair sum = new(PixelBlock.Of(bias[quad]), PixelBlock.Of(bias[quad + 1]));
        for (int step = 0; step < chunks; step++)
        {
            for (int i = thread; i < Chunk * TilePixels; i += ThreadBlockSize)
            {
                int c = i % Chunk, channel = step * Chunk + c;
                long pixel = firstPixel + i / Chunk;
                patch[c * Stride + i / Chunk] = channel < inChannels && pixel < pixels ? input[pixel * inChannels + channel] : 0f;
            }

            if (thread < ChunkQuads)
                chunk[thread] = weights[((long)Grid.IdxY * chunks + step) * ChunkQuads + thread];
            Group.Barrier();
            for (int c = 0; c < Chunk; c++)
            {
                int at = c * Stride + own, tap = c * WeightLayout.BlockQuads + pair;
                sum = ChannelPair.MultiplyAdd(
                    sum, chunk[tap], chunk[tap + 1], patch[at], patch[at + Apart], patch[at + 2 * Apart], patch[at + 3 * Apart]);
            }

            Group.Barrier();
        }

        Store(output, sum.Left, firstPixel + own, pixels, 4 * quad, outChannels, activation);
        Store(output, sum.Right, firstPixel + own, pixels, 4 * quad + 4, outChannels, activation);
    }

    private static void Store(ArrayView<float> output, PixelBlock block, long pixel, int pixels, int channel, int channels, int activation)
    {
        int left = channels - channel;
        if (pixel < pixels)
            Output.Store(output, pixel * channels + channel, block.First, left, activation);
        if (pixel + Apart < pixels)
            Output.Store(output, (pixel + Apart) * channels + channel, block.Second, left, activation);
        if (pixel + 2 * Apart < pixels)
            Output.Store(output, (pixel + 2 * Apart) * channels + channel, block.Third, left, activation);
        if (pixel + 3 * Apart < pixels)
            Output.Store(output, (pixel + 3 * Apart) * channels + channel, block.Fourth, left, activation);
    }
}
