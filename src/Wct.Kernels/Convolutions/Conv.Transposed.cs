using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

// Transposed convolutions with stride 2, and the input gradients of convolutions with stride 2.
internal static partial class Conv
{
    /// <summary>Computes a transposed convolution: output row r is the sum over the kernel rows ky with 2·i + ky - top = r of the products
    /// of input row i, and zeros outside of the input.</summary>
    /// <remarks>The outputs with even rows and even columns are a convolution with stride 1 of the input, with every second row and column
    /// of the kernel. The three other phases are alike. A row of both phases of columns is computed in a buffer and then interleaved.
    /// </remarks>
    /// <param name="input">[I, h, w].</param>
    /// <param name="convolution">Packed by <see cref="PackTaps"/>.</param>
    /// <param name="top">Kernel rows before the first row of the output.</param>
    /// <param name="left">Kernel columns before the first column of the output.</param>
    /// <param name="activation">None, or a clamp to a range.</param>
    /// <param name="output">[O, H, W], any sides.</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    internal static unsafe void Transposed<TVec>(
        CpuTensor input, CpuConvolution convolution, int top, int left, Activation activation, CpuTensor output, BufferPool pool,
        Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int size = convolution.Shape.KernelSize;
        TapGrid grid = TapGrid.OfTransposed(size, top, left);
        BandPlan plan = new(input.Layout, grid, (output.Shape.Height + 1) / 2, (output.Shape.Width + 1) / 2, workers.Count);
        RunBands(input, plan, pool, workers, (in band, region) =>
        {
            // Two phases of columns, each with up to two vectors of channels.
            float* lines = stackalloc float[4 * BlockedLayout.BlockLanes * region.Width];
            long* offsets = stackalloc long[PhaseTaps.Of(size, 0).Count];
            TransposedBand<TVec> part = new(
                input, convolution, band, region, (top, left), (grid.Top, grid.Left), output, lines, offsets,
                BandArguments(input, band, offsets, 0, activation));
            if (output.Layout.Lanes == 1)
                part.RunNarrow();
            else
                part.RunDirect();
        });
        workers.Run(output.Layout.Blocks, block => Borders.Fill(output, block, 0, output.Shape.Height));
    }

    // The outputs of one band of the input, two rows and two columns for each input pixel.
    private unsafe struct TransposedBand<TVec>(
        CpuTensor input, CpuConvolution convolution, Band band, Region region, (int Y, int X) before, (int Y, int X) halo, CpuTensor output,
        float* lines, long* offsets, TileArguments arguments)
        where TVec : unmanaged, IVec<TVec, float>
    {
        private readonly int _inLanes = input.Layout.Blocks * input.Layout.Lanes, _lineLength = region.Width * BlockedLayout.BlockLanes;

        private TileArguments _arguments = arguments;

        internal void RunDirect()
        {
            int outLanes = output.Layout.Blocks * BlockedLayout.BlockLanes, step = Math.Max(2 * TVec.Count, BlockedLayout.BlockLanes);
            for (int first = 0; first < outLanes; first += step)
            {
                int end = Math.Min(first + step, outLanes);
                for (int y = 0; y < 2; y++)
                {
                    for (int row = 0; row < region.Height && 2 * (region.Y + row) + y < output.Shape.Height; row++)
                    {
                        for (int x = 0; x < 2; x++)
                            DirectLine(first, end, outLanes, y, x, row);
                        for (int lane = 0; first + lane < end; lane += BlockedLayout.BlockLanes)
                            Interleave(PhaseLine(lane, 0), (first + lane) / BlockedLayout.BlockLanes, 2 * (region.Y + row) + y);
                    }
                }
            }
        }

        internal void RunNarrow()
        {
            int planes = convolution.Shape.OutChannels;
            for (int y = 0; y < 2; y++)
            {
                for (int row = 0; row < region.Height && 2 * (region.Y + row) + y < output.Shape.Height; row++)
                {
                    for (int x = 0; x < 2; x++)
                    {
                        _arguments.Weights = convolution.Weights + (long)planes * _inLanes * SelectPhase(y, x);
                        _arguments.Bias = convolution.Bias;
                        _arguments.Input = band.Row(row);
                        _arguments.Output0 = lines + x * region.Width;
                        NarrowLine<TVec>(input.Layout.Lanes, _arguments, region.Width, planes, 2 * region.Width);
                    }

                    for (int plane = 0; plane < planes; plane++)
                        Interleave(lines + plane * 2 * region.Width, plane, 2 * (region.Y + row) + y);
                }
            }
        }

        // Computes one phase of the channels from first to end - 1, for one row of the band.
        private void DirectLine(int first, int end, int outLanes, int y, int x, int row)
        {
            long weights = (long)outLanes * _inLanes * SelectPhase(y, x);
            for (int channel = first; channel < end; channel += 2 * TVec.Count)
            {
                int second = channel + TVec.Count;
                bool single = second >= outLanes;
                _arguments.Weights = convolution.Weights + weights + (long)channel * _inLanes * _arguments.Taps;
                _arguments.Start0 = convolution.Bias + channel;
                _arguments.Start1 = _arguments.Start0 + TVec.Count;
                float* line0 = PhaseLine(channel - first, x), line1 = single ? line0 : PhaseLine(second - first, x);
                BandLine<TVec>(input.Layout.Lanes, band.Row(row), line0, line1, region.Width, single, ref _arguments);
            }
        }

        private readonly float* PhaseLine(int lane, int x) =>
            lines + (lane / BlockedLayout.BlockLanes * 2 + x) * _lineLength + lane % BlockedLayout.BlockLanes;

        // Returns the number of taps of the phases before.
        private int SelectPhase(int y, int x)
        {
            int size = convolution.Shape.KernelSize;
            PhaseTaps taps = PhaseTaps.Of(size, (y + before.Y) % 2 * 2 + (x + before.X) % 2);
            for (int tap = 0; tap < taps.Count; tap++)
            {
                (int ky, int kx) = taps[tap];
                offsets[tap] = band.Offset(halo.Y + (y + before.Y - ky) / 2, halo.X + (x + before.X - kx) / 2);
            }

            _arguments.Taps = taps.Count;
            return taps.Before;
        }

        private void Interleave(float* even, int block, int y)
        {
            int lanes = output.Layout.Lanes, columns = Math.Min(2 * region.Width, output.Shape.Width - 2 * region.X);
            float* target = output.At(block, y, 2 * region.X), odd = even + region.Width * lanes;
            for (int x = 0; x < columns; x++, target += lanes)
            {
                float* source = (x % 2 == 0 ? even : odd) + (long)(x / 2) * lanes;
                if (lanes == 1)
                    *target = *source;
                else
                    new ReadOnlySpan<float>(source, BlockedLayout.BlockLanes).CopyTo(new Span<float>(target, BlockedLayout.BlockLanes));
            }
        }
    }
}
