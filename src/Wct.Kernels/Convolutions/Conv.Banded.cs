using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

// Convolutions whose taps reach beyond the tensors' border of one reflected pixel, or skip pixels: other kernels than 3x3, other padding,
// stride 2.
internal static partial class Conv
{
    /// <summary>Computes the convolution directly, band by band. Within a band, it works like <see cref="Direct"/> and
    /// <see cref="Narrow"/>.</summary>
    /// <param name="input">[I, H, W].</param>
    /// <param name="convolution">Packed by <see cref="PackTaps"/>.</param>
    /// <param name="grid">Pixels that the outputs read.</param>
    /// <param name="activation">None, or a clamp to a range.</param>
    /// <param name="output">[O, H', W'].</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    internal static unsafe void Banded<TVec>(
        CpuTensor input, CpuConvolution convolution, TapGrid grid, Activation activation, CpuTensor output, BufferPool pool,
        Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        BandPlan plan = new(input.Layout, grid, output.Shape.Height, output.Shape.Width, workers.Count);
        RunBands(input, plan, pool, workers, (in band, region) =>
        {
            int taps = convolution.Shape.Taps;
            long* offsets = stackalloc long[taps];
            for (int tap = 0; tap < taps; tap++)
                offsets[tap] = band.Offset(tap / grid.Columns, tap % grid.Columns);
            TileArguments arguments = BandArguments(input, band, offsets, taps, activation);
            arguments.Weights = convolution.Weights;
            arguments.Bias = convolution.Bias;
            if (output.Layout.Lanes == 1)
                NarrowBand<TVec>(input, convolution, band, region, arguments, output);
            else
                DirectBand<TVec>(input, band, region, arguments, output);
        });
        // A band can end within a row, so the borders are written after all bands.
        workers.Run(output.Layout.Blocks, block => Borders.Fill(output, block, 0, output.Shape.Height));
    }

    private delegate void BandBody(in Band band, Region outputs);

    private static unsafe void RunBands(CpuTensor input, BandPlan plan, BufferPool pool, Workers workers, BandBody body) =>
        workers.Run(plan.Count, index =>
        {
            NativeBuffer buffer = pool.Rent(checked((nuint)plan.BufferLength * sizeof(float)), input.Shape);
            try
            {
                Region outputs = plan[index];
                Band band = new(input, plan.Grid, outputs, (float*)buffer.Pointer);
                for (int block = 0; block < input.Layout.Blocks; block++)
                    band.Copy(block);
                body(band, outputs);
            }
            finally
            {
                pool.Return(buffer);
            }
        });

    private static unsafe TileArguments BandArguments(CpuTensor input, in Band band, long* offsets, int taps, Activation activation)
    {
        return new TileArguments
        {
            BlockStride = band.BlockStride,
            Blocks = input.Layout.Blocks,
            Taps = taps,
            Offsets = offsets,
            Low = activation.Low,
            High = activation.High,
        };
    }

    private static unsafe void DirectBand<TVec>(CpuTensor input, in Band band, Region region, TileArguments arguments, CpuTensor output)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int outLanes = output.Layout.Blocks * BlockedLayout.BlockLanes;
        long weightsPerChannel = (long)input.Layout.Blocks * input.Layout.Lanes * arguments.Taps;
        float* weights = arguments.Weights;
        for (int channel = 0; channel < outLanes; channel += 2 * TVec.Count)
        {
            arguments.Weights = weights + channel * weightsPerChannel;
            arguments.Start0 = arguments.Bias + channel;
            arguments.Start1 = arguments.Start0 + TVec.Count;
            int second = channel + TVec.Count;
            bool single = second >= outLanes;
            for (int row = 0; row < region.Height; row++)
            {
                float* line0 = At(channel, row), line1 = single ? line0 : At(second, row);
                BandLine<TVec>(input.Layout.Lanes, band.Row(row), line0, line1, region.Width, single, ref arguments);
            }
        }

        float* At(int channel, int row) => output.At(channel / BlockedLayout.BlockLanes, region.Y + row, region.X)
            + channel % BlockedLayout.BlockLanes;
    }

    private static unsafe void BandLine<TVec>(
        int lanes, float* input, float* line0, float* line1, long pixels, bool single, ref TileArguments arguments)
        where TVec : unmanaged, IVec<TVec, float>
    {
        if (lanes == 1)
            Line<TVec, OneLane, Clamped>(input, line0, line1, pixels, single, ref arguments);
        else
            Line<TVec, BlockOfLanes, Clamped>(input, line0, line1, pixels, single, ref arguments);
    }

    private static unsafe void NarrowBand<TVec>(
        CpuTensor input, CpuConvolution convolution, in Band band, Region region, TileArguments arguments, CpuTensor output)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (int row = 0; row < region.Height; row++)
        {
            arguments.Input = band.Row(row);
            arguments.Output0 = output.At(0, region.Y + row, region.X);
            NarrowLine<TVec>(input.Layout.Lanes, arguments, region.Width, convolution.Shape.OutChannels, output.Layout.BlockStride);
        }
    }

    private static unsafe void NarrowLine<TVec>(int lanes, in TileArguments arguments, long pixels, int planes, long plane)
        where TVec : unmanaged, IVec<TVec, float>
    {
        if (lanes == 1)
            PlanarLine<TVec>(arguments, pixels, planes, plane);
        else
            DotLine<TVec>(arguments, pixels, planes, plane);
    }
}
