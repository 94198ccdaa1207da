using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

// F(4x4, 3x3) of Lavin and Gray 2016: 36 multiplications replace the definition's 144. Input and output have blocks of 16 channels.
internal static partial class Conv
{
    // Blocks of input channels per pass. For these 128 channels, the weights of two vectors of output channels take 8 KB with AVX2 and 16
    // KB with AVX-512.
    private const int BlocksAtATime = 8;

    /// <summary>Transforms a block of tiles, multiplies position by position, and transforms back. All intermediate data stays in the
    /// cache.</summary>
    /// <param name="input">[I, H, W].</param>
    /// <param name="convolution">Packed by <see cref="WinogradWeights.Pack"/>.</param>
    /// <param name="activation">Activation function.</param>
    /// <param name="fusion">The transforms also upsample the input and pool the output.</param>
    /// <param name="output">[O, H, W], after upsampling and pooling.</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    internal static unsafe void Winograd<TVec>(
        CpuTensor input, CpuConvolution convolution, Activation activation, Fusion fusion, CpuTensor output, BufferPool pool,
        Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        bool upsample = fusion.HasFlag(Fusion.UpsampleInput);
        TensorShape full = upsample ? input.Shape.Upsampled : input.Shape;
        int positions = upsample ? WinogradWeights.UpsampledPositions : WinogradWeights.Positions;
        WinogradPlan plan = new(full, input.Layout, output.Layout, positions, 2 * TVec.Count, TilesPerRegisterTile<TVec>(), workers.Count);
        workers.Run(plan.Blocks * plan.ChannelRanges, task =>
        {
            WinogradBlock<TVec> block = new(input, convolution, activation, fusion, output, plan, full);
            block.Run(task / plan.ChannelRanges, task % plan.ChannelRanges, pool);
        });
        // A tile can end within a row, so the borders are written after all tiles.
        workers.Run(output.Layout.Blocks, block => Borders.Fill(output, block, 0, output.Shape.Height));
    }

    /// <summary>Number of Winograd tiles per register tile. Blocks of tiles should be a multiple of it.</summary>
    internal static int TilesPerRegisterTile<TVec>()
        where TVec : unmanaged, IVec<TVec, float> => TVec.Count == BlockedLayout.BlockLanes ? Tile14x2.Pixels : Tile6x2.Pixels;

    /// <summary>Computes products[tile, channel] = Σ transformed[tile, input lane]·weights[input lane, channel] for one position.</summary>
    /// <param name="transformed">[InBlocks, tiles, 16].</param>
    /// <param name="weights">[groups, input lanes, output channels of a group].</param>
    /// <param name="products">[OutBlocks, tiles, 16].</param>
    /// <param name="tiles">Number of tiles, a multiple of <see cref="TilesPerRegisterTile"/>.</param>
    /// <param name="inBlocks">Blocks of input channels.</param>
    /// <param name="firstChannel">First output channel.</param>
    /// <param name="endChannel">Output channel after the last.</param>
    /// <param name="outLanes">Number of output channels, rounded up to whole blocks.</param>
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

    // Works on a part of the input channels at a time, so that their weights stay in the L1 cache together with the tiles' data.
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
