using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Sums the products of two maps for a weight gradient: scalars from the map that the taps shift, each tap and channel a row of
/// the sums, and vectors over the channels of the other map.</summary>
/// <remarks>Neighboring rows are channels of the same tap. So the scalars of a register tile are neighbors in memory.</remarks>
/// <param name="sampled">Map that the taps shift.</param>
/// <param name="other">Map in blocks of 16 channels.</param>
/// <param name="grid">Pixels that the other map's pixels belong to.</param>
internal readonly unsafe struct SampledScalars<TVec>(CpuTensor sampled, CpuTensor other, TapGrid grid)
    where TVec : unmanaged, IVec<TVec, float>
{
    private const int Lanes = BlockedLayout.BlockLanes;

    // Rows of sums per task: a multiple of all register tiles.
    private const int TaskRows = 64;

    private readonly int _taps = grid.Rows * grid.Columns;

    /// <summary>Adds the sums to the weight gradients.</summary>
    internal void Run(ConvolutionShape shape, Span<float> weights, BufferPool pool, Workers workers)
    {
        int tile = OuterProducts.Rows<TVec>(), rows = (sampled.Shape.Channels * _taps + tile - 1) / tile * tile;
        int height = other.Shape.Height, width = other.Shape.Width, blocks = other.Layout.Blocks;
        int chunk = ConvGradient.RowsOfChunk(sampled, other, grid), parts = (rows + TaskRows - 1) / TaskRows;
        long samplesLength = new Band(sampled, grid, new Region(0, 0, chunk, width), null).Length;
        NativeBuffer buffer = pool.Rent((nuint)(samplesLength + (long)blocks * rows * Lanes) * sizeof(float), sampled.Shape);
        try
        {
            float* samples = (float*)buffer.Pointer, sums = samples + samplesLength;
            // A copy, because lambdas can't use the fields of a struct.
            SampledScalars<TVec> self = this;
            for (int first = 0; first < height; first += chunk)
            {
                Band band = new(sampled, grid, new Region(first, 0, Math.Min(chunk, height - first), width), samples);
                workers.Run(sampled.Layout.Blocks, band.Copy);
                long[] offsets = Offsets(band, rows);
                int start = first, count = Math.Min(chunk, height - first);
                workers.Run(blocks * parts, task =>
                {
                    int block = task / parts, row = task % parts * TaskRows;
                    self.Sum(
                        band, offsets.AsSpan(row, Math.Min(TaskRows, rows - row)), block, start, count,
                        sums + ((long)block * rows + row) * Lanes);
                });
            }

            Scatter(sums, rows, shape, weights);
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    // Distance from the first sample of an output to the scalar of each row of sums. Rows beyond the last repeat it.
    private long[] Offsets(Band band, int rows)
    {
        long[] offsets = new long[rows];
        for (int row = 0; row < rows; row++)
        {
            int index = Math.Min(row, sampled.Shape.Channels * _taps - 1), tap = index / sampled.Shape.Channels;
            int channel = index % sampled.Shape.Channels;
            offsets[row] = channel / sampled.Layout.Lanes * band.BlockStride + channel % sampled.Layout.Lanes
                + band.Offset(tap / grid.Columns, tap % grid.Columns);
        }

        return offsets;
    }

    private void Sum(Band band, ReadOnlySpan<long> offsets, int block, int first, int count, float* sums)
    {
        int tile = OuterProducts.Rows<TVec>();
        float** pointers = stackalloc float*[tile];
        for (int y = 0; y < count; y++)
        {
            float* line = other.At(block, first + y, 0), samples = band.Row(y);
            for (int row = 0; row < offsets.Length; row += tile)
            {
                for (int i = 0; i < tile; i++)
                    pointers[i] = samples + offsets[row + i];
                OuterProducts.Add<TVec>(
                    pointers, sampled.Layout.Lanes, line, other.Shape.Width, sums + row * Lanes, Lanes, overwrite: first + y == 0);
            }
        }
    }

    private void Scatter(float* sums, int rows, ConvolutionShape shape, Span<float> weights)
    {
        for (int channel = 0; channel < other.Shape.Channels; channel++)
        {
            float* sum = sums + (long)(channel / Lanes) * rows * Lanes + channel % Lanes;
            for (int row = 0; row < sampled.Shape.Channels * _taps; row++)
            {
                int tap = row / sampled.Shape.Channels;
                weights[ConvGradient.WeightIndex(shape, row % sampled.Shape.Channels, channel, tap)] += sum[(long)row * Lanes];
            }
        }
    }
}
