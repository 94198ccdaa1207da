using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Convolutions;

/// <summary>3x3 convolution with few output channels, such as a picture's.</summary>
/// <remarks>A thread block computes 16x16 pixels by four output channels, and a thread computes one pixel. The blocks of 16 output channels
/// of <see cref="Conv3x3"/> would be mostly padding.</remarks>
internal static class ConvLast
{
    private const int ThreadBlockSize = 256;

    /// <param name="input">[H, W, inChannels].</param>
    /// <param name="weights">In the <see cref="WeightLayout"/>, with nine taps and blocks of four outputs.</param>
    /// <param name="bias">[outChannels], with zeros up to a whole quad.</param>
    /// <param name="output">[H, W, outChannels].</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="height">Rows of the input, H.</param>
    /// <param name="width">Pixels per row of the input, W.</param>
    /// <param name="padding">The number of a <see cref="PaddingMode"/>.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    [KernelName("ConvLast"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int height, int width, int padding, int activation)
    {
        const int Chunk = WeightLayout.Chunk, Side = Window3x3.Side;
        ArrayView<float> patch = SharedMemory.Allocate<float>(Chunk * Window3x3.Plane);
        ArrayView<Quad> chunk = SharedMemory.Allocate<Quad>(Chunk * Window3x3.Taps);
        int thread = Group.IdxX, tilesAcross = (width + Window3x3.TileSide - 1) / Window3x3.TileSide;
        int tileY = Grid.IdxX / tilesAcross * Window3x3.TileSide, tileX = Grid.IdxX % tilesAcross * Window3x3.TileSide;
        int pixelY = thread / Window3x3.TileSide, pixelX = thread % Window3x3.TileSide, chunks = (inChannels + Chunk - 1) / Chunk;
        Quad sum = bias[Grid.IdxY];
        for (int step = 0; step < chunks; step++)
        {
            for (int i = thread; i < Chunk * Window3x3.Plane; i += ThreadBlockSize)
            {
                int c = i % Chunk, row = i / Chunk / Side, column = i / Chunk % Side, channel = step * Chunk + c;
                int y = Border.Pad(tileY + row - 1, height, padding), x = Border.Pad(tileX + column - 1, width, padding);
                bool isInside = channel < inChannels && y >= 0 && x >= 0;
                patch[c * Window3x3.Plane + row * Side + column] =
                    isInside ? input[((long)y * width + x) * inChannels + channel] : 0f;
            }

            if (thread < Chunk * Window3x3.Taps)
                chunk[thread] = weights[((long)Grid.IdxY * chunks + step) * (Chunk * Window3x3.Taps) + thread];
            Group.Barrier();
            for (int c = 0; c < Chunk; c++)
            {
                int at = c * Window3x3.Plane + pixelY * Side + pixelX, tap = c * Window3x3.Taps;
                sum = Quad.MultiplyAdd(sum, chunk[tap], patch[at]);
                sum = Quad.MultiplyAdd(sum, chunk[tap + 1], patch[at + 1]);
                sum = Quad.MultiplyAdd(sum, chunk[tap + 2], patch[at + 2]);
                sum = Quad.MultiplyAdd(sum, chunk[tap + 3], patch[at + Side]);
                sum = Quad.MultiplyAdd(sum, chunk[tap + 4], patch[at + Side + 1]);
                sum = Quad.MultiplyAdd(sum, chunk[tap + 5], patch[at + Side + 2]);
                sum = Quad.MultiplyAdd(sum, chunk[tap + 6], patch[at + 2 * Side]);
                sum = Quad.MultiplyAdd(sum, chunk[tap + 7], patch[at + 2 * Side + 1]);
                sum = Quad.MultiplyAdd(sum, chunk[tap + 8], patch[at + 2 * Side + 2]);
            }

            Group.Barrier();
        }

        int outY = tileY + pixelY, outX = tileX + pixelX, first = WeightLayout.NarrowBlock * Grid.IdxY;
        if (outY < height && outX < width)
            Output.Store(output, ((long)outY * width + outX) * outChannels + first, sum, outChannels - first, activation);
    }
}
