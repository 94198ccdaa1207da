using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

// The weight gradient of a 3x3 convolution in Winograd's domain. Both maps have blocks of 16 channels.
internal static unsafe partial class ConvGradient
{
    private const int Positions = Winograd.WinogradWeights.Positions;

    // Elements of both maps' transformed tiles in a chunk. They fit into the L3 cache, and those of one position fit into L2.
    private const int ChunkFloats = 640 << 10;
    private const int MinTiles = 64;

    /// <summary>For each chunk of tiles: transforms the tiles of both maps, then adds each position's products to that position's
    /// sums.</summary>
    /// <remarks>One task computes all sums of a position, and the chunks depend only on the shape. So the result is the same for any number
    /// of threads.</remarks>
    internal static void WinogradWeights<TVec>(
        CpuTensor input, CpuTensor outputGradient, ConvolutionShape shape, Span<float> weights, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int inBlocks = input.Layout.Blocks, outBlocks = outputGradient.Layout.Blocks;
        int columns = (input.Shape.Width + 3) / 4, tiles = columns * ((input.Shape.Height + 3) / 4);
        int chunk = Math.Min(tiles, Math.Max(MinTiles, ChunkFloats / (Positions * Lanes * (inBlocks + outBlocks))));
        long inLength = (long)Positions * inBlocks * chunk * Lanes, outLength = (long)Positions * outBlocks * chunk * Lanes;
        long perPosition = WeightGradientChunk<TVec>.SumStride(inBlocks, outBlocks);
        NativeBuffer buffer = pool.Rent((nuint)((inLength + outLength + Positions * perPosition) * sizeof(float)), input.Shape);
        try
        {
            float* windows = (float*)buffer.Pointer, gradients = windows + inLength, sums = gradients + outLength;
            for (int first = 0; first < tiles; first += chunk)
            {
                WeightGradientChunk<TVec> part = new(
                    input, outputGradient, shape.Padding, first, Math.Min(chunk, tiles - first), columns, windows, gradients, sums);
                part.Run(workers, overwrite: first == 0);
            }

            fixed (float* start = weights)
            {
                float* target = start;
                workers.Run(shape.OutChannels, o => WeightTransform.Run<TVec>(sums, perPosition, o, inBlocks * Lanes, shape, target));
            }
        }
        finally
        {
            pool.Return(buffer);
        }
    }
}
