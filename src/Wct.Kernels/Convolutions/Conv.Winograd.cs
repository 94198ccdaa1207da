using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

// F(4x4, 3x3) of Lavin and Gray 2016: 36 products where the definition has 144. From blocks of 16 channels to blocks of 16 channels.
internal static partial class Conv
{
    // 128 channels: 8 KB of weights for two AVX2 vectors of output channels, 16 KB for two of AVX-512.
    private const int BlocksAtATime = 8;

    /// <summary>Transforms a block of tiles, multiplies position by position, transforms back: everything between stays in cache.</summary>
    /// <param name="fusion">Enlargement of the input and pooling of the output, done by the transforms.</param>
    internal static unsafe void Winograd<TVec>(
        CpuTensor input, CpuConvolution convolution, Activation activation, Fusion fusion, CpuTensor output, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        bool enlarge = fusion.HasFlag(Fusion.UpsampleInput);
        TensorShape full = enlarge ? input.Shape.Upsampled : input.Shape;
        int positions = enlarge ? WinogradWeights.EnlargedPositions : WinogradWeights.Positions;
        WinogradPlan plan = new(full, input.Layout, output.Layout, positions, 2 * TVec.Count, PixelsOfTile<TVec>(), workers.Count);
        workers.Run(plan.Blocks * plan.Shares, task =>
        {
            WinogradBlock<TVec> block = new(input, convolution, activation, fusion, output, plan, full);
            block.Run(task / plan.Shares, task % plan.Shares, pool);
        });
        // Tiles end within rows, so the borders can't be completed before all are there.
        workers.Run(output.Layout.Blocks, block => Borders.Fill(output, block, 0, output.Shape.Height));
    }

    /// <summary>Winograd tiles of a register tile: what blocks of them should be multiples of.</summary>
    internal static int PixelsOfTile<TVec>()
        where TVec : unmanaged, IVec<TVec, float> => TVec.Count == BlockedLayout.BlockLanes ? Tile14x2.Pixels : Tile6x2.Pixels;

    /// <summary>products[tile, channel] = Σ transformed[tile, input lane]·weights[input lane, channel], for one position.</summary>
    /// <param name="transformed">[InBlocks, tiles, 16].</param>
    /// <param name="weights">[groups, input lanes, channels of a group].</param>
    /// <param name="products">[OutBlocks, tiles, 16].</param>
    /// <param name="tiles">Whole register tiles.</param>
    internal static unsafe void TileProducts<TVec>(
        float* transformed, float* weights, float* products, int tiles, int inBlocks, int firstChannel, int endChannel, int outLanes)
        where TVec : unmanaged, IVec<TVec, float>
    {
        long blockStride = (long)tiles * BlockedLayout.BlockLanes;
        for (int channel = firstChannel; channel < endChannel; channel += 2 * TVec.Count)
        {
            int second = channel + TVec.Count;
            bool single = second >= outLanes;
            float* line0 = products + channel / BlockedLayout.BlockLanes * blockStride + channel % BlockedLayout.BlockLanes;
            float* line1 = single ? line0 : products + second / BlockedLayout.BlockLanes * blockStride + second % BlockedLayout.BlockLanes;
            float* group = weights + (long)channel * inBlocks * BlockedLayout.BlockLanes;
            if (single)
                GroupProducts<TVec, Tile14x1>(transformed, group, TVec.Count, line0, line1, tiles, inBlocks);
            else if (TVec.Count == BlockedLayout.BlockLanes)
                GroupProducts<TVec, Tile14x2>(transformed, group, 2 * TVec.Count, line0, line1, tiles, inBlocks);
            else
                GroupProducts<TVec, Tile6x2>(transformed, group, 2 * TVec.Count, line0, line1, tiles, inBlocks);
        }
    }

    // A share of the input channels at a time, whose weights stay in the first-level cache beside the tiles' numbers.
    private static unsafe void GroupProducts<TVec, TTile>(
        float* transformed, float* weights, int channels, float* line0, float* line1, int tiles, int inBlocks)
        where TVec : unmanaged, IVec<TVec, float>
        where TTile : struct, ITile
    {
        float* zeros = stackalloc float[2 * BlockedLayout.BlockLanes];
        new Span<float>(zeros, 2 * BlockedLayout.BlockLanes).Clear();
        long offset = 0, blockStride = (long)tiles * BlockedLayout.BlockLanes;
        TileArguments arguments = new() { BlockStride = blockStride, Taps = 1, Offsets = &offset };
        for (int first = 0; first < inBlocks; first += BlocksAtATime)
        {
            arguments.Blocks = Math.Min(BlocksAtATime, inBlocks - first);
            arguments.Weights = weights + (long)first * BlockedLayout.BlockLanes * channels;
            arguments.StartStep = first == 0 ? 0 : BlockedLayout.BlockLanes;
            for (int tile = 0; tile < tiles; tile += TTile.Pixels)
            {
                arguments.Input = transformed + first * blockStride + (long)tile * BlockedLayout.BlockLanes;
                arguments.Output0 = line0 + (long)tile * BlockedLayout.BlockLanes;
                arguments.Output1 = line1 + (long)tile * BlockedLayout.BlockLanes;
                arguments.Start0 = first == 0 ? zeros : arguments.Output0;
                arguments.Start1 = first == 0 ? zeros : arguments.Output1;
                TTile.Run<TVec, BlockOfLanes, Plain>(arguments);
            }
        }
    }
}
