using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    /// <summary>Adds up affine maps with a weight per pixel: weights[0]·input + Σ weights[k + 1]·(map k of the input).</summary>
    /// <remarks>
    /// A task computes one chunk of pixels, with all maps, so that the pixels stay in the L2 cache from map to map. A map is computed from
    /// its first to its last pixel with a weight. Planes are processed with their borders, as by <see cref="WeightedAddition"/>.
    /// </remarks>
    /// <param name="input">[C, H, W], in blocks of 16 channels.</param>
    /// <param name="maps">1x1 convolutions from C to C channels.</param>
    /// <param name="weights">[1, H, W] each; one more than there are maps.</param>
    /// <param name="output">[C, H, W].</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    internal static unsafe void Mix<TVec>(
        CpuTensor input, IReadOnlyList<Convolution> maps, IReadOnlyList<Tensor> weights, CpuTensor output, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        BlockedLayout layout = input.Layout;
        ElementChunks.RunPixels(1, layout.BlockPixels, layout.Blocks * layout.Lanes, workers, (_, first, count) =>
        {
            NativeBuffer buffer = pool.Rent((nuint)(layout.Blocks * layout.Lanes * count) * sizeof(float), input.Shape);
            try
            {
                new Mixture<TVec>(input, output, first, count, (float*)buffer.Pointer).Run(maps, weights);
            }
            finally
            {
                pool.Return(buffer);
            }
        });
        // The kernel uses pointers into memory that the finalizer would free.
        GC.KeepAlive(maps);
    }

    // The sum for one chunk of pixels.
    private unsafe struct Mixture<TVec>(CpuTensor input, CpuTensor output, long first, long count, float* mapped)
        where TVec : unmanaged, IVec<TVec, float>
    {
        private bool _isWritten;

        internal void Run(IReadOnlyList<Convolution> maps, IReadOnlyList<Tensor> weights)
        {
            float* from = input.Data + first * BlockedLayout.BlockLanes;
            for (int i = 0; i < weights.Count; i++)
            {
                float* own = ((CpuTensor)weights[i]).Data + first;
                ReadOnlySpan<float> all = new(own, (int)count);
                int start = all.IndexOfAnyExcept(0f);
                if (start < 0)
                    continue;
                int pixels = all.LastIndexOfAnyExcept(0f) + 1 - start;
                if (i == 0)
                    Add(from, input.Layout.BlockStride, own, start, pixels);
                else if (!_isWritten && !all.ContainsAnyExcept(1f))
                    Map((CpuConvolution)maps[i - 1], 0, pixels, output.Data + first * BlockedLayout.BlockLanes, output.Layout.BlockStride);
                else
                    AddMapped((CpuConvolution)maps[i - 1], own, start, pixels);
                _isWritten = true;
            }

            if (!_isWritten)
                Clear();
        }

        private void AddMapped(CpuConvolution map, float* weights, int start, int pixels)
        {
            long stride = count * BlockedLayout.BlockLanes;
            Map(map, start, pixels, mapped, stride);
            Add(mapped, stride, weights, start, pixels);
        }

        // Adds weights·features to the output, which is cleared first if this is the chunk's first part and leaves pixels out.
        private void Add(float* features, long stride, float* weights, int start, int pixels)
        {
            bool accumulate = _isWritten || pixels < count;
            if (accumulate && !_isWritten)
                Clear();
            long skipped = start * (long)BlockedLayout.BlockLanes;
            float* to = output.Data + first * BlockedLayout.BlockLanes;
            for (int block = 0; block < output.Layout.Blocks; block++)
            {
                WeightedAddition.Block<TVec>(
                    features + block * stride + skipped, weights + start, to + block * output.Layout.BlockStride + skipped, pixels,
                    accumulate);
            }
        }

        private void Clear()
        {
            float* to = output.Data + first * BlockedLayout.BlockLanes;
            for (int block = 0; block < output.Layout.Blocks; block++)
                new Span<float>(to + block * output.Layout.BlockStride, (int)count * BlockedLayout.BlockLanes).Clear();
        }

        // Computes a map for some pixels of the chunk.
        private void Map(CpuConvolution map, int start, int pixels, float* to, long stride)
        {
            long offset = 0, skipped = start * (long)BlockedLayout.BlockLanes;
            TileArguments arguments = Arguments(input, map, Activation.None, &offset);
            int outLanes = output.Layout.Blocks * BlockedLayout.BlockLanes;
            for (int channel = 0; channel < outLanes; channel += 2 * TVec.Count)
            {
                arguments.Weights = map.Weights + (long)channel * input.Layout.Blocks * BlockedLayout.BlockLanes;
                arguments.Start0 = map.Bias + channel;
                arguments.Start1 = arguments.Start0 + TVec.Count;
                int second = channel + TVec.Count;
                bool single = second >= outLanes;
                float* line0 = Line(channel);
                Line<TVec, BlockOfLanes, Clamped>(
                    input.Data + first * BlockedLayout.BlockLanes + skipped, line0, single ? line0 : Line(second), pixels, single,
                    ref arguments);
            }

            float* Line(int channel) =>
                to + channel / BlockedLayout.BlockLanes * stride + channel % BlockedLayout.BlockLanes + skipped;
        }
    }
}
