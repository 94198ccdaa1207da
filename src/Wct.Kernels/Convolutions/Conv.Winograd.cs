using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

// F(4x4, 3x3) of Lavin and Gray 2016: 36 products where the definition has 144. From blocks of 16 channels to blocks of 16 channels.
internal static partial class Conv
{
    /// <summary>Transforms a block of tiles, multiplies position by position, transforms back: everything between stays in cache.</summary>
    /// <param name="fusion">Enlargement of the input and pooling of the output, done by the transforms.</param>
    internal static unsafe void Winograd<TVec>(
        CpuTensor input, CpuConvolution convolution, Activation activation, Fusion fusion, CpuTensor output, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TensorShape full = fusion.HasFlag(Fusion.UpsampleInput) ? input.Shape.Upsampled : input.Shape;
        WinogradPlan plan = new(full, input.Layout, output.Layout, 2 * TVec.Count, PixelsOfTile<TVec>(), workers.Count);
        workers.Run(plan.Blocks * plan.Shares, task =>
        {
            WinogradBlock<TVec> block = new(input, convolution, activation, fusion, output, plan, full);
            block.Run(task / plan.Shares, task % plan.Shares, pool);
        });
        // Tiles end within rows, so the borders can't be completed before all are there.
        workers.Run(output.Layout.Blocks, block => Borders.Fill(output, block, 0, output.Shape.Height));
    }

    /// <summary>products[position][tile, channel] = Σ transformed[position][tile, input lane]·weights[position][input lane, channel].</summary>
    /// <param name="transformed">[36, InBlocks, tiles, 16].</param>
    /// <param name="weights">One position's: [groups, input lanes, channels of a group].</param>
    /// <param name="products">One position's: [OutBlocks, tiles, 16].</param>
    internal static unsafe void TileProducts<TVec>(
        float* transformed, float* weights, float* zeros, float* products, int tiles, int inBlocks, int firstChannel, int endChannel, int outLanes)
        where TVec : unmanaged, IVec<TVec, float>
    {
        long offset = 0, blockStride = (long)tiles * BlockedLayout.BlockLanes;
        TileArguments arguments = new()
        {
            BlockStride = blockStride,
            Blocks = inBlocks,
            Taps = 1,
            Offsets = &offset,
            Bias = zeros,
        };
        for (int channel = firstChannel; channel < endChannel; channel += 2 * TVec.Count)
        {
            int second = channel + TVec.Count;
            bool single = second >= outLanes;
            float* line0 = products + channel / BlockedLayout.BlockLanes * blockStride + channel % BlockedLayout.BlockLanes;
            float* line1 = single ? line0 : products + second / BlockedLayout.BlockLanes * blockStride + second % BlockedLayout.BlockLanes;
            arguments.Weights = weights + (long)channel * inBlocks * BlockedLayout.BlockLanes;
            Line<TVec, BlockOfLanes, Plain>(transformed, line0, line1, tiles, single, ref arguments);
        }
    }
}
