using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>3x3 convolution with few input channels, such as a picture's: at most one chunk.</summary>
/// <remarks>Like <see cref="Conv3x3"/>, but it skips the padding channels of the chunk and needs only one barrier.</remarks>
internal static class ConvFirst
{
    private const int ThreadBlockSize = 128, BlocksAcross = Window3x3.TileSide / 2;

    /// <param name="input">[H, W, inChannels].</param>
    /// <param name="weights">In the <see cref="WeightLayout"/>, with nine taps and one chunk.</param>
    /// <param name="bias">[outChannels], with zeros up to a whole block.</param>
    /// <param name="output">[H, W, outChannels]; [max(1, H/2), max(1, W/2), outChannels] if it is pooled.</param>
    /// <param name="inChannels">Channels of the input, at most <see cref="WeightLayout.Chunk"/>.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="height">Rows of the input, H.</param>
    /// <param name="width">Pixels per row of the input, W.</param>
    /// <param name="padding">The number of a <see cref="PaddingMode"/>.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    /// <param name="pool">1 to pool, else 0.</param>
    [KernelName("ConvFirst"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int height, int width, int padding, int activation, int pool)
    {
        const int Chunk = WeightLayout.Chunk, ChunkQuads = Chunk * Window3x3.Taps * WeightLayout.BlockQuads;
        ArrayView<float> patch = SharedMemory.Allocate<float>(Chunk * Window3x3.Plane);
        ArrayView<Quad> chunk = SharedMemory.Allocate<Quad>(ChunkQuads);
        int thread = Group.IdxX, tilesAcross = (width + Window3x3.TileSide - 1) / Window3x3.TileSide;
        int tileY = Grid.IdxX / tilesAcross * Window3x3.TileSide, tileX = Grid.IdxX % tilesAcross * Window3x3.TileSide;
        int pair = thread % 2 * 2, blockY = thread / 2 / BlocksAcross * 2, blockX = thread / 2 % BlocksAcross * 2;
        int quad = Grid.IdxY * WeightLayout.BlockQuads + pair;
        for (int i = thread; i < Window3x3.Plane; i += ThreadBlockSize)
        {
            int y = Border.Pad(tileY + i / Window3x3.Side - 1, height, padding);
            int x = Border.Pad(tileX + i % Window3x3.Side - 1, width, padding);
            bool isInside = y >= 0 && x >= 0;
            for (int c = 0; c < inChannels; c++)
                patch[c * Window3x3.Plane + i] = isInside ? input[((long)y * width + x) * inChannels + c] : 0f;
        }

        for (int i = thread; i < inChannels * Window3x3.Taps * WeightLayout.BlockQuads; i += ThreadBlockSize)
            chunk[i] = weights[(long)Grid.IdxY * ChunkQuads + i];
        Group.Barrier();
        ChannelPair sum = new(PixelBlock.Of(bias[quad]), PixelBlock.Of(bias[quad + 1]));
        for (int c = 0; c < inChannels; c++)
        {
            sum = Window3x3.Add(
                sum, patch, c * Window3x3.Plane + blockY * Window3x3.Side + blockX, chunk,
                c * Window3x3.Taps * WeightLayout.BlockQuads + pair);
        }

        Output.StoreBlock(output, sum.Left, tileY + blockY, tileX + blockX, height, width, 4 * quad, outChannels, activation, pool);
        Output.StoreBlock(output, sum.Right, tileY + blockY, tileX + blockX, height, width, 4 * quad + 4, outChannels, activation, pool);
    }
}
