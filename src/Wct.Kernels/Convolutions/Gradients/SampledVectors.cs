using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Sums the products of two maps for a weight gradient: vectors over the channels of the map that the taps shift, scalars from the
/// other map.</summary>
/// <remarks>A tap shifts the other map by the opposite distance instead, in a copy with zeros around it. So a line of samples is multiplied
/// by all taps and channels at a time, and the other map may have few channels.</remarks>
/// <param name="sampled">Map that the taps shift, in blocks of 16 channels.</param>
/// <param name="other">Map with fewer than 8 channels.</param>
/// <param name="grid">Pixels that the other map's pixels belong to.</param>
internal readonly unsafe struct SampledVectors<TVec>(CpuTensor sampled, CpuTensor other, TapGrid grid)
    where TVec : unmanaged, IVec<TVec, float>
{
    private const int Lanes = BlockedLayout.BlockLanes;

    // Rows of sums per task: a multiple of all register tiles.
    private const int TaskRows = 64;

    private readonly int _width = other.Shape.Width + 2 * grid.HaloColumns;

    /// <summary>Adds the sums to the weight gradients.</summary>
    internal void Run(ConvolutionShape shape, Span<float> weights, BufferPool pool, Workers workers)
    {
        int height = other.Shape.Height, planes = other.Shape.Channels, blocks = sampled.Layout.Blocks;
        int chunk = ConvGradient.RowsOfChunk(sampled, other, grid);
        Row[] rows = Rows();
        long samplesLength = new Band(sampled, grid, new Region(0, 0, chunk, other.Shape.Width), null).Length;
        long shiftedLength = (long)planes * (chunk + 1) * _width;
        NativeBuffer buffer = pool.Rent(
            (nuint)(samplesLength + shiftedLength + (long)blocks * rows.Length * Lanes) * sizeof(float), sampled.Shape);
        try
        {
            float* samples = (float*)buffer.Pointer, shifted = samples + samplesLength, sums = shifted + shiftedLength;
            // A copy, because lambdas can't use the fields of a struct.
            SampledVectors<TVec> self = this;
            int parts = (rows.Length + TaskRows - 1) / TaskRows;
            for (int first = 0; first < height; first += chunk)
            {
                int start = first, count = Math.Min(chunk, height - first);
                Band band = new(sampled, grid, new Region(first, 0, count, other.Shape.Width), samples);
                workers.Run(blocks + 1, task =>
                {
                    if (task < blocks)
                        band.Copy(task);
                    else
                        self.CopyOther(start, count, shifted);
                });
                workers.Run(blocks * parts, task =>
                {
                    int block = task / parts, row = task % parts * TaskRows;
                    self.Sum(
                        band, block, rows.AsSpan(row, Math.Min(TaskRows, rows.Length - row)), count, shifted,
                        sums + ((long)block * rows.Length + row) * Lanes, overwrite: start == 0);
                });
            }

            for (int channel = 0; channel < sampled.Shape.Channels; channel++)
            {
                float* sum = sums + (long)(channel / Lanes) * rows.Length * Lanes + channel % Lanes;
                for (int row = 0; row < rows.Length; row++)
                {
                    if (rows[row].IsUsed)
                        weights[ConvGradient.WeightIndex(shape, channel, rows[row].Channel, rows[row].Tap)] += sum[(long)row * Lanes];
                }
            }
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    // A row of sums for each channel of the other map and each tap. Those of a register tile have the same phase, so each phase is filled
    // up to whole tiles.
    private Row[] Rows()
    {
        int tile = OuterProducts.Rows<TVec>();
        List<Row> rows = [];
        for (int phase = 0; phase < grid.Phases; phase++)
        {
            int before = rows.Count;
            for (int channel = 0; channel < other.Shape.Channels; channel++)
            {
                for (int ky = phase / grid.Stride; ky < grid.Rows; ky += grid.Stride)
                {
                    for (int kx = phase % grid.Stride; kx < grid.Columns; kx += grid.Stride)
                        rows.Add(new(phase, channel, ky * grid.Columns + kx, ky / grid.Stride, kx / grid.Stride, true));
                }
            }

            while ((rows.Count - before) % tile != 0)
                rows.Add(rows[^1] with { IsUsed = false });
        }

        return [.. rows];
    }

    // Rows of the other map, with zeros at both sides, and a row of zeros after each plane.
    private void CopyOther(int first, int count, float* shifted)
    {
        for (int plane = 0; plane < other.Shape.Channels; plane++)
        {
            for (int y = 0; y <= count; y++, shifted += _width)
            {
                new Span<float>(shifted, _width).Clear();
                if (y < count)
                    new ReadOnlySpan<float>(other.At(plane, first + y, 0), other.Shape.Width)
                        .CopyTo(new Span<float>(shifted + grid.HaloColumns, other.Shape.Width));
            }
        }
    }

    private void Sum(Band band, int block, ReadOnlySpan<Row> rows, int count, float* shifted, float* sums, bool overwrite)
    {
        int tile = OuterProducts.Rows<TVec>();
        float** pointers = stackalloc float*[tile];
        for (int y = 0; y < count + grid.HaloRows; y++)
        {
            for (int row = 0; row < rows.Length; row += tile)
            {
                for (int i = 0; i < tile; i++)
                {
                    Row own = rows[row + i];
                    // Samples that a tap doesn't read are multiplied by the row of zeros.
                    int from = y - own.Y >= 0 && y - own.Y < count ? y - own.Y : count;
                    pointers[i] = shifted + ((long)own.Channel * (count + 1) + from) * _width + grid.HaloColumns - own.X;
                }

                float* line = band.Row(y) + block * band.BlockStride + rows[row].Phase * band.PhaseLength;
                OuterProducts.Add<TVec>(
                    pointers, 1, line, other.Shape.Width + grid.HaloColumns, sums + row * Lanes, Lanes, overwrite && y == 0);
            }
        }
    }

    // A channel of the other map and a tap: the tap's index, and its distance in its phase.
    private readonly record struct Row(int Phase, int Channel, int Tap, int Y, int X, bool IsUsed);
}
