using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Sums, for each tap, the products of one map's channels with another's over all pixels: vectors over the channels of one map,
/// scalars from the other.</summary>
/// <param name="scalars">The map whose channels are used as scalars.</param>
/// <param name="vectors">The map whose channels are used as vectors, in blocks of 16.</param>
/// <param name="taps">1 or 9.</param>
/// <param name="tapsOnVectors">Whether <paramref name="vectors"/> is the convolution's input, which the taps shift; otherwise
/// <paramref name="scalars"/> is.</param>
internal readonly unsafe struct LineProducts<TVec>(CpuTensor scalars, CpuTensor vectors, int taps, bool tapsOnVectors)
    where TVec : unmanaged, IVec<TVec, float>
{
    private const int Lanes = BlockedLayout.BlockLanes;

    /// <summary>Adds the sums to the weight gradients.</summary>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="weights">[O, I, K, K].</param>
    /// <param name="shape">Shape of the convolution.</param>
    internal void Run(BufferPool pool, Workers workers, Span<float> weights, ConvolutionShape shape)
    {
        // Rows per tap: the scalar channels, padded to whole register tiles by repeating the last one.
        int tile = OuterProducts.Rows<TVec>(), rows = (scalars.Shape.Channels + tile - 1) / tile * tile, blocks = vectors.Layout.Blocks;
        long perTap = (long)blocks * rows * Lanes;
        NativeBuffer buffer = pool.Rent((nuint)(taps * perTap * sizeof(float)), vectors.Shape);
        try
        {
            float* sums = (float*)buffer.Pointer;
            LineProducts<TVec> self = this;
            int bands = (rows + BandRows - 1) / BandRows, count = taps;
            workers.Run(taps * blocks * bands, task =>
            {
                int tap = task / bands % count, block = task / bands / count, band = task % bands;
                float* start = sums + tap * perTap + (long)block * rows * Lanes;
                self.Sum(tap, block, band * BandRows, Math.Min(rows, (band + 1) * BandRows), start);
            });
            Scatter(sums, perTap, rows, weights, shape);
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    // Scalar channels per task: a multiple of all register tiles, and few enough that their lines and the block's line stay in the cache.
    private const int BandRows = 64;

    private void Sum(int tap, int block, int firstRow, int endRow, float* sums)
    {
        int size = taps == 9 ? 3 : 1, dy = tap / size - size / 2, dx = tap % size - size / 2, tile = OuterProducts.Rows<TVec>();
        int lanes = scalars.Layout.Lanes, last = scalars.Shape.Channels - 1;
        float** pointers = stackalloc float*[tile];
        for (int y = 0; y < scalars.Shape.Height; y++)
        {
            float* line = tapsOnVectors ? vectors.At(block, y + dy, dx) : vectors.At(block, y, 0);
            for (int row = firstRow; row < endRow; row += tile)
            {
                for (int i = 0; i < tile; i++)
                {
                    int channel = Math.Min(row + i, last);
                    float* pixel = tapsOnVectors ? scalars.At(channel / lanes, y, 0) : scalars.At(channel / lanes, y + dy, dx);
                    pointers[i] = pixel + channel % lanes;
                }

                OuterProducts.Add<TVec>(pointers, lanes, line, scalars.Shape.Width, sums + row * Lanes, Lanes, overwrite: y == 0);
            }
        }
    }

    private void Scatter(float* sums, long perTap, int rows, Span<float> weights, ConvolutionShape shape)
    {
        for (int o = 0; o < shape.OutChannels; o++)
        {
            for (int i = 0; i < shape.InChannels; i++)
            {
                (int row, int channel) = tapsOnVectors ? (o, i) : (i, o);
                float* sum = sums + ((long)(channel / Lanes) * rows + row) * Lanes + channel % Lanes;
                for (int tap = 0; tap < taps; tap++)
                    weights[(o * shape.InChannels + i) * taps + tap] += sum[tap * perTap];
            }
        }
    }
}
