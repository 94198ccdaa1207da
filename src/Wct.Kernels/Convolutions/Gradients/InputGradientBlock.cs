using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Computes one block of tiles for one range of channels of a convolution with zero padding, whose result has an extra border of
/// one pixel.</summary>
/// <remarks>The extra border is written to the tensor's border: tiles start at (-1, -1), and nothing is copied.</remarks>
internal readonly unsafe struct InputGradientBlock<TVec>(CpuTensor source, CpuConvolution transposed, CpuTensor result, WinogradPlan plan)
    where TVec : unmanaged, IVec<TVec, float>
{
    private const int Lanes = BlockedLayout.BlockLanes, Tile = WinogradPlan.Tile, Window = 6;
    private const int Positions = WinogradWeights.Positions;

    internal void Run(int block, int range, BufferPool pool)
    {
        (int first, int tiles) = plan.Tiles(block);
        (int firstChannel, int endChannel) = plan.Channels(range);
        // Padded to whole register tiles. The padding is computed too, and its results are not used.
        int pixels = Conv.TilesPerRegisterTile<TVec>(), stride = (tiles + pixels - 1) / pixels * pixels;
        long inputs = (long)plan.InBlocks * stride * Lanes, products = (long)plan.OutBlocks * stride * Lanes;
        NativeBuffer buffer = pool.Rent((nuint)(Positions * (inputs + products) * sizeof(float)), result.Shape);
        try
        {
            float* transformed = (float*)buffer.Pointer, sums = transformed + Positions * inputs;
            TransformInput(transformed, first, tiles, stride);
            long weights = (long)plan.InBlocks * Lanes * plan.OutBlocks * Lanes;
            for (int position = 0; position < Positions; position++)
            {
                Conv.TileProducts<TVec>(
                    transformed + position * inputs, transposed.Weights + position * weights, sums + position * products, stride,
                    plan.InBlocks, firstChannel, endChannel, plan.OutBlocks * Lanes);
            }

            TransformOutput(sums, products, first, tiles, stride, firstChannel / Lanes, (endChannel + Lanes - 1) / Lanes);
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    private void TransformInput(float* transformed, int first, int tiles, int stride)
    {
        long positionStride = (long)plan.InBlocks * stride * Lanes;
        float* patch = stackalloc float[Window * Window * Lanes];
        for (int block = 0; block < plan.InBlocks; block++)
        {
            for (int t = 0; t < tiles; t++)
            {
                // Output tiles start at (-1, -1), one row and column earlier than in the forward pass. So windows start at (-2, -2).
                int top = (first + t) / plan.Columns * Tile - 2, left = (first + t) % plan.Columns * Tile - 2;
                float* target = transformed + ((long)block * stride + t) * Lanes;
                if (top >= 0 && left >= 0 && top + Window <= source.Shape.Height && left + Window <= source.Shape.Width)
                {
                    InputTransform.Run<TVec, PlainWindow>(source.At(block, top, left), source.Layout.RowStride, target, positionStride);
                }
                else
                {
                    TilePatch.Gather(source, block, top, left, Window, patch);
                    InputTransform.Run<TVec, PlainWindow>(patch, Window * Lanes, target, positionStride);
                }
            }
        }
    }

    private void TransformOutput(float* sums, long positionStride, int first, int tiles, int stride, int firstBlock, int endBlock)
    {
        float* patch = stackalloc float[Tile * Tile * Lanes], zeros = stackalloc float[Lanes];
        new Span<float>(zeros, Lanes).Clear();
        for (int block = firstBlock; block < endBlock; block++)
        {
            for (int t = 0; t < tiles; t++)
            {
                int y = (first + t) / plan.Columns * Tile - 1, x = (first + t) % plan.Columns * Tile - 1;
                int rows = Math.Min(Tile, result.Shape.Height + 1 - y), columns = Math.Min(Tile, result.Shape.Width + 1 - x);
                float* sum = sums + ((long)block * stride + t) * Lanes, target = result.At(block, y, x);
                if (rows == Tile && columns == Tile)
                {
                    OutputTransform.Run<TVec, PlainWindow>(
                        sum, positionStride, zeros, Activation.None, false, target, result.Layout.RowStride);
                    continue;
                }

                OutputTransform.Run<TVec, PlainWindow>(sum, positionStride, zeros, Activation.None, false, patch, Tile * Lanes);
                for (int i = 0; i < rows; i++)
                {
                    new ReadOnlySpan<float>(patch + i * Tile * Lanes, columns * Lanes)
                        .CopyTo(new Span<float>(target + i * result.Layout.RowStride, columns * Lanes));
                }
            }
        }
    }
}
