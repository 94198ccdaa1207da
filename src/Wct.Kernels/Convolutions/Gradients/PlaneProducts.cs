using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Sums the products of two maps for a weight gradient if both have fewer than 8 channels: vectors over pixels.</summary>
/// <param name="sampled">Map that the taps shift.</param>
/// <param name="other">The other map.</param>
/// <param name="grid">Pixels that the other map's pixels belong to.</param>
internal readonly unsafe struct PlaneProducts<TVec>(CpuTensor sampled, CpuTensor other, TapGrid grid)
    where TVec : unmanaged, IVec<TVec, float>
{
    /// <summary>Adds the sums to the weight gradients. Rows are added up in double precision.</summary>
    internal void Run(ConvolutionShape shape, Span<float> weights, BufferPool pool, Workers workers)
    {
        int width = other.Shape.Width, height = other.Shape.Height, taps = shape.Taps, inputs = sampled.Shape.Channels;
        Region all = new(0, 0, height, width);
        NativeBuffer buffer = pool.Rent((nuint)new Band(sampled, grid, all, null).Length * sizeof(float), sampled.Shape);
        try
        {
            Band band = new(sampled, grid, all, (float*)buffer.Pointer);
            workers.Run(inputs, band.Copy);
            double[] sums = new double[weights.Length];
            // A copy, because lambdas can't use the fields of a struct.
            PlaneProducts<TVec> self = this;
            workers.Run(sums.Length, index =>
            {
                int channel = index / taps / inputs, plane = index / taps % inputs, tap = index % taps;
                sums[index] = self.Sum(band, channel, plane, tap);
            });
            for (int index = 0; index < sums.Length; index++)
                weights[ConvGradient.WeightIndex(shape, index / taps % inputs, index / taps / inputs, index % taps)] += (float)sums[index];
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    private double Sum(Band band, int channel, int plane, int tap)
    {
        double sum = 0;
        long offset = plane * band.BlockStride + band.Offset(tap / grid.Columns, tap % grid.Columns);
        int width = other.Shape.Width, whole = width / TVec.Count * TVec.Count;
        for (int y = 0; y < other.Shape.Height; y++)
        {
            float* gradient = other.At(channel, y, 0), samples = band.Row(y) + offset;
            TVec products = TVec.Broadcast(0);
            int x = 0;
            for (; x < whole; x += TVec.Count)
                products = TVec.MultiplyAdd(TVec.Load(gradient + x), TVec.Load(samples + x), products);
            double row = TVec.Sum(products);
            for (; x < width; x++)
                row += (double)gradient[x] * samples[x];
            sum += row;
        }

        return sum;
    }
}
