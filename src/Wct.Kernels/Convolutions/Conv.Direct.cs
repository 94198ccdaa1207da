using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

/// <summary>Convolution with bias and activation.</summary>
internal static partial class Conv
{
    // Taps of the kernels that read the tensors' own border.
    private const int MaxBorderTaps = 9;

    /// <summary>Computes the convolution directly, in register tiles along lines of pixels. The output has blocks of 16
    /// channels.</summary>
    /// <remarks>
    /// Rows and their borders form one long line, so tiles may cross row ends. Their results at border pixels are overwritten by the
    /// reflection afterwards. A task's weights stream through the L1 cache while its input rows stay in L2.
    /// </remarks>
    internal static unsafe void Direct<TVec>(
        CpuTensor input, CpuConvolution convolution, Activation activation, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        long rowBytes = input.Layout.Blocks * input.Layout.RowStride * sizeof(float);
        RowChunks chunks = new(input.Shape.Height, rowBytes, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int first, int end) = chunks[task];
            long* offsets = stackalloc long[MaxBorderTaps];
            TileArguments arguments = Arguments(input, convolution, activation, offsets);
            DirectRows<TVec>(input, convolution, output, first, end, arguments);
            for (int block = 0; block < output.Layout.Blocks; block++)
                Borders.Fill(output, block, first, end);
        });
    }

    private static unsafe void DirectRows<TVec>(
        CpuTensor input, CpuConvolution convolution, CpuTensor output, int first, int end, TileArguments arguments)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int outLanes = output.Layout.Blocks * BlockedLayout.BlockLanes;
        long weightsPerChannel = (long)input.Layout.Blocks * input.Layout.Lanes * convolution.Shape.Taps;
        for (int channel = 0; channel < outLanes; channel += 2 * TVec.Count)
        {
            arguments.Weights = convolution.Weights + channel * weightsPerChannel;
            arguments.Start0 = convolution.Bias + channel;
            arguments.Start1 = arguments.Start0 + TVec.Count;
            float* line0 = output.At(channel / BlockedLayout.BlockLanes, first, 0) + channel % BlockedLayout.BlockLanes;
            int second = channel + TVec.Count;
            bool single = second >= outLanes;
            float* line1 = single ? line0 : output.At(second / BlockedLayout.BlockLanes, first, 0) + second % BlockedLayout.BlockLanes;
            float* line = input.At(0, first, 0);
            long pixels = (end - first - 1) * (input.Shape.Width + 2L) + input.Shape.Width;
            if (input.Layout.Lanes == 1)
                Line<TVec, OneLane, Clamped>(line, line0, line1, pixels, single, ref arguments);
            else
                Line<TVec, BlockOfLanes, Clamped>(line, line0, line1, pixels, single, ref arguments);
        }
    }

    private static unsafe void Line<TVec, TLanes, TEpilogue>(
        float* input, float* output0, float* output1, long pixels, bool single, ref TileArguments arguments)
        where TVec : unmanaged, IVec<TVec, float>
        where TLanes : struct, ILanes
        where TEpilogue : struct, IEpilogue
    {
        if (single)
            Line<TVec, TLanes, TEpilogue, Tile14x1, Tile1x1>(input, output0, output1, pixels, ref arguments);
        else if (TVec.Count == BlockedLayout.BlockLanes)
            Line<TVec, TLanes, TEpilogue, Tile14x2, Tile1x2>(input, output0, output1, pixels, ref arguments);
        else
            Line<TVec, TLanes, TEpilogue, Tile6x2, Tile1x2>(input, output0, output1, pixels, ref arguments);
    }

    private static unsafe void Line<TVec, TLanes, TEpilogue, TTile, TShort>(
        float* input, float* output0, float* output1, long pixels, ref TileArguments arguments)
        where TVec : unmanaged, IVec<TVec, float>
        where TLanes : struct, ILanes
        where TEpilogue : struct, IEpilogue
        where TTile : struct, ITile
        where TShort : struct, ITile
    {
        int step = pixels < TTile.Pixels ? TShort.Pixels : TTile.Pixels;
        long last = pixels - step;
        for (long p = 0; ; p = Math.Min(p + step, last))
        {
            arguments.Input = input + p * TLanes.Count;
            arguments.Output0 = output0 + p * BlockedLayout.BlockLanes;
            arguments.Output1 = output1 + p * BlockedLayout.BlockLanes;
            if (step == TTile.Pixels)
                TTile.Run<TVec, TLanes, TEpilogue>(arguments);
            else
                TShort.Run<TVec, TLanes, TEpilogue>(arguments);
            // The last step overlaps the previous one, so that it ends at the line's end. It recomputes a few pixels and never writes past
            // the line.
            if (p == last)
                break;
        }
    }

    private static unsafe TileArguments Arguments(CpuTensor input, CpuConvolution convolution, Activation activation, long* offsets)
    {
        int taps = convolution.Shape.Taps, size = convolution.Shape.KernelSize, reach = size / 2;
        for (int tap = 0; tap < taps; tap++)
            offsets[tap] = (tap / size - reach) * input.Layout.RowStride + (tap % size - reach) * (long)input.Layout.Lanes;
        return new TileArguments
        {
            BlockStride = input.Layout.BlockStride,
            Blocks = input.Layout.Blocks,
            Taps = taps,
            Offsets = offsets,
            Low = activation.Low,
            High = activation.High,
        };
    }
}
