using System.Buffers;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Patches;

internal static partial class PatchMeans
{
    /// <summary>Computes chunks of rows, block by block, so that the patches of a block stay in the cache. Writes the borders.</summary>
    internal static unsafe void Run<TVec>(CpuTensor values, CpuTensor best, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        RowChunks chunks = RowChunks.Streamed(output.Shape.Height, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int first, int end) = chunks[task];
            int top = Math.Max(first - 1, 1), bottom = Math.Min(end, output.Shape.Height - 2);
            long[] offsets = ArrayPool<long>.Shared.Rent(checked((bottom - top + 1) * output.Shape.Width));
            Locate(values, best, top, bottom, offsets);
            fixed (long* patches = offsets)
            {
                for (int block = 0; block < output.Layout.Blocks; block++)
                {
                    if (output.Layout.Lanes == 1)
                        Rows<VecScalar<float>>(values, patches, top, output, block, first, end);
                    else
                        Rows<TVec>(values, patches, top, output, block, first, end);
                    Borders.Fill(output, block, first, end);
                }
            }

            ArrayPool<long>.Shared.Return(offsets);
        });
    }

    // Computes where the patches of rows of centers begin in a block of the values.
    private static unsafe void Locate(CpuTensor values, CpuTensor best, int top, int bottom, Span<long> offsets)
    {
        int width = best.Shape.Width, across = values.Shape.Width - 2, patches = (values.Shape.Height - 2) * across;
        for (int y = top; y <= bottom; y++)
        {
            float* numbers = best.At(1, y, 0);
            for (int x = 1; x < width - 1; x++)
            {
                int patch = PatchNumber.Clamp(numbers[x], patches);
                offsets[(y - top) * width + x] = values.Layout.Offset(0, patch / across, patch % across);
            }
        }
    }

    private static unsafe void Rows<TVec>(
        CpuTensor values, long* patches, int top, CpuTensor output, int block, int first, int end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int width = output.Shape.Width;
        for (int y = first; y < end; y++)
        {
            int above = Math.Max(y - 1, 1), below = Math.Min(y + 1, output.Shape.Height - 2);
            // A patch that is centered above has the output's row below its own center.
            float* source = values.Data + block * values.Layout.BlockStride + (y - above + 1) * values.Layout.RowStride;
            Row<TVec>(source, values.Layout, patches + (above - top) * (long)width, below - above + 1, output.At(block, y, 0), width);
        }
    }

    // source + patches[x] is the left pixel of a patch in the output's row, for the first row of patches. The next row of patches is
    // centered one row below, so the output's row is one row further up in its patches.
    private static unsafe void Row<TVec>(float* source, BlockedLayout layout, long* patches, int rows, float* output, int width)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int lanes = layout.Lanes;
        for (int x = 0; x < width; x++, output += lanes)
        {
            int left = Math.Max(x - 1, 1), right = Math.Min(x + 1, width - 2);
            TVec count = TVec.Broadcast(rows * (right - left + 1));
            for (int lane = 0; lane < lanes; lane += TVec.Count)
            {
                TVec sum = TVec.Broadcast(0);
                float* line = source + lane;
                long* own = patches + x;
                for (int row = 0; row < rows; row++, line -= layout.RowStride, own += width)
                {
                    // Only pixels near the sides have fewer than three columns of patches.
                    if (right - left == 2)
                    {
                        sum += TVec.Load(line + own[-1] + 2 * lanes);
                        sum += TVec.Load(line + own[0] + lanes);
                        sum += TVec.Load(line + own[1]);
                        continue;
                    }

                    for (int column = left; column <= right; column++)
                        sum += TVec.Load(line + own[column - x] + (x - column + 1) * lanes);
                }

                (sum / count).Store(output + lane);
            }
        }
    }
}
