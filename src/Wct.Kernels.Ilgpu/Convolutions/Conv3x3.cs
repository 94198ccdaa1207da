using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>3x3 convolution with bias, activation, and optional 2x2 max pooling.</summary>
/// <remarks>
/// A thread block computes 16x16 pixels by 16 output channels. It loops over chunks of input channels, and loads each chunk's input patch
/// and weights into shared memory. Each thread computes 2x2 pixels by 8 channels, so pooling is a maximum of its own registers. Sums run
/// over the channels in order, so the same inputs give the same result.
/// </remarks>
internal static class Conv3x3
{
    private const int ThreadBlockSize = 128, BlocksAcross = Window3x3.TileSide / 2;

    /// <param name="input">[H, W, inChannels].</param>
    /// <param name="weights">In the <see cref="WeightLayout"/>, with nine taps.</param>
    /// <param name="bias">[outChannels], with zeros up to a whole block.</param>
    /// <param name="output">[H, W, outChannels]; [max(1, H/2), max(1, W/2), outChannels] if it is pooled.</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="height">Rows of the input, H.</param>
    /// <param name="width">Pixels per row of the input, W.</param>
    /// <param name="padding">The number of a <see cref="PaddingMode"/>.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    /// <param name="pool">1 to pool, else 0.</param>
    [KernelName("Conv3x3"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int height, int width, int padding, int activation, int pool)
    {
        const int Chunk = WeightLayout.Chunk, ChunkQuads = Chunk * Window3x3.Taps * WeightLayout.BlockQuads;
        ArrayView<float> patch = SharedMemory.Allocate<float>(Chunk * Window3x3.Plane);
        ArrayView<Quad> chunk = SharedMemory.Allocate<Quad>(ChunkQuads);
        int thread = Group.IdxX, tilesAcross = (width + Window3x3.TileSide - 1) / Window3x3.TileSide;
        int tileY = Grid.IdxX / tilesAcross * Window3x3.TileSide, tileX = Grid.IdxX % tilesAcross * Window3x3.TileSide;
        // Neighboring threads of a warp read the same weights or the same inputs.
        int pair = thread % 2 * 2, blockY = thread / 2 / BlocksAcross * 2, blockX = thread / 2 % BlocksAcross * 2;
        int chunks = (inChannels + Chunk - 1) / Chunk, quad = Grid.IdxY * WeightLayout.BlockQuads + pair;
        ChannelPair sum = new(PixelBlock.Of(bias[quad]), PixelBlock.Of(bias[quad + 1]));
        for (int step = 0; step < chunks; step++)
        {
            for (int i = thread; i < Chunk * Window3x3.Plane; i += ThreadBlockSize)
            {
                int c = i % Chunk, row = i / Chunk / Window3x3.Side, column = i / Chunk % Window3x3.Side, channel = step * Chunk + c;
                int y = Border.Pad(tileY + row - 1, height, padding), x = Border.Pad(tileX + column - 1, width, padding);
                bool isInside = channel < inChannels && y >= 0 && x >= 0;
                patch[c * Window3x3.Plane + row * Window3x3.Side + column] =
                    isInside ? input[((long)y * width + x) * inChannels + channel] : 0f;
            }

            long first = ((long)Grid.IdxY * chunks + step) * ChunkQuads;
            for (int i = thread; i < ChunkQuads; i += ThreadBlockSize)
                chunk[i] = weights[first + i];
            Group.Barrier();
            for (int c = 0; c < Chunk; c++)
            {
                sum = Window3x3.Add(
                    sum, patch, c * Window3x3.Plane + blockY * Window3x3.Side + blockX, chunk,
                    c * Window3x3.Taps * WeightLayout.BlockQuads + pair);
            }

            Group.Barrier();
        }

        Output.StoreBlock(output, sum.Left, tileY + blockY, tileX + blockX, height, width, 4 * quad, outChannels, activation, pool);
        Output.StoreBlock(output, sum.Right, tileY + blockY, tileX + blockX, height, width, 4 * quad + 4, outChannels, activation, pool);
    }
}
