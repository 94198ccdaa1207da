using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>3x3 convolution of an input that is upsampled by two, without writing the upsampled map.</summary>
/// <remarks>
/// Among the 3x3 upsampled pixels that an output reads, some neighbors are copies of the same input pixel. So 2x2 taps are enough, with
/// different weights for each parity of the output's row and column. Reflecting the upsampled input is the same as repeating the border of
/// the input; zeros and the opposite side are those of the input.
/// </remarks>
internal static class ConvUpsampled
{
    private const int ThreadBlockSize = 128, Tile = Window3x3.TileSide, BlocksAcross = Tile / 2;

    private const int Side = Tile + 1, Plane = Side * Side, Taps = FoldedTaps.Taps;

    /// <param name="input">[H, W, inChannels].</param>
    /// <param name="weights">[parity], each in the <see cref="WeightLayout"/> with four taps; from <see cref="FoldedTaps"/>.</param>
    /// <param name="bias">[outChannels], with zeros up to a whole block.</param>
    /// <param name="output">[2H, 2W, outChannels].</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="height">Rows of the input, H.</param>
    /// <param name="width">Pixels per row of the input, W.</param>
    /// <param name="padding">The number of a <see cref="PaddingMode"/>.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    [KernelName("ConvUpsampled"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int height, int width, int padding, int activation)
    {
        const int Chunk = WeightLayout.Chunk, ChunkQuads = Chunk * Taps * WeightLayout.BlockQuads;
        ArrayView<float> patch = SharedMemory.Allocate<float>(Chunk * Plane);
        ArrayView<Quad> chunk = SharedMemory.Allocate<Quad>(ChunkQuads);
        int thread = Group.IdxX, tilesAcross = (width + Tile - 1) / Tile, oddRow = Grid.IdxZ / 2, oddColumn = Grid.IdxZ % 2;
        int tileY = Grid.IdxX / tilesAcross * Tile, tileX = Grid.IdxX % tilesAcross * Tile;
        int pair = thread % 2 * 2, blockY = thread / 2 / BlocksAcross * 2, blockX = thread / 2 % BlocksAcross * 2;
        int chunks = (inChannels + Chunk - 1) / Chunk, quad = Grid.IdxY * WeightLayout.BlockQuads + pair;
        int blocks = (outChannels + WeightLayout.Block - 1) / WeightLayout.Block;
        ChannelPair sum = new(PixelBlock.Of(bias[quad]), PixelBlock.Of(bias[quad + 1]));
        for (int step = 0; step < chunks; step++)
        {
            for (int i = thread; i < Chunk * Plane; i += ThreadBlockSize)
            {
                int c = i % Chunk, row = i / Chunk / Side, column = i / Chunk % Side, channel = step * Chunk + c;
                int y = Border.PadUpsampled(tileY + row + oddRow - 1, height, padding);
                int x = Border.PadUpsampled(tileX + column + oddColumn - 1, width, padding);
                bool isInside = channel < inChannels && y >= 0 && x >= 0;
                patch[c * Plane + row * Side + column] = isInside ? input[((long)y * width + x) * inChannels + channel] : 0f;
            }

            long first = (((long)Grid.IdxZ * blocks + Grid.IdxY) * chunks + step) * ChunkQuads;
            for (int i = thread; i < ChunkQuads; i += ThreadBlockSize)
                chunk[i] = weights[first + i];
            Group.Barrier();
            for (int c = 0; c < Chunk; c++)
                sum = Add(sum, patch, c * Plane + blockY * Side + blockX, chunk, c * Taps * WeightLayout.BlockQuads + pair);
            Group.Barrier();
        }

        int outY = tileY + blockY, outX = tileX + blockX;
        Store(output, sum.Left, outY, outX, oddRow, oddColumn, height, width, 4 * quad, outChannels, activation);
        Store(output, sum.Right, outY, outX, oddRow, oddColumn, height, width, 4 * quad + 4, outChannels, activation);
    }

    private static ChannelPair Add(ChannelPair sum, ArrayView<float> patch, int at, ArrayView<Quad> weights, int tap)
    {
        const int Next = WeightLayout.BlockQuads;
        float a0 = patch[at], a1 = patch[at + 1], a2 = patch[at + 2];
        float b0 = patch[at + Side], b1 = patch[at + Side + 1], b2 = patch[at + Side + 2];
        float c0 = patch[at + 2 * Side], c1 = patch[at + 2 * Side + 1], c2 = patch[at + 2 * Side + 2];
        sum = ChannelPair.MultiplyAdd(sum, weights[tap], weights[tap + 1], a0, a1, b0, b1);
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + Next], weights[tap + Next + 1], a1, a2, b1, b2);
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + 2 * Next], weights[tap + 2 * Next + 1], b0, b1, c0, c1);
        return ChannelPair.MultiplyAdd(sum, weights[tap + 3 * Next], weights[tap + 3 * Next + 1], b1, b2, c1, c2);
    }

    // The outputs of neighboring input pixels are two pixels apart.
    private static void Store(
        ArrayView<float> output, PixelBlock block, int y, int x, int oddRow, int oddColumn, int height, int width, int channel,
        int channels, int activation)
    {
        if (y >= height || x >= width)
            return;
        int left = channels - channel;
        long row = 2L * width * channels, at = (2L * y + oddRow) * row + (2L * x + oddColumn) * channels + channel, below = at + 2 * row;
        Output.Store(output, at, block.First, left, activation);
        if (x + 1 < width)
            Output.Store(output, at + 2 * channels, block.Second, left, activation);
        if (y + 1 >= height)
            return;
        Output.Store(output, below, block.Third, left, activation);
        if (x + 1 < width)
            Output.Store(output, below + 2 * channels, block.Fourth, left, activation);
    }
}
