using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Computes one block of tiles for one range of output channels, from the input tensor to the output tensor.</summary>
internal readonly unsafe struct WinogradBlock<TVec>(
    CpuTensor input, CpuConvolution convolution, Activation activation, Fusion fusion, CpuTensor output,
    WinogradPlan plan, TensorShape full)
    where TVec : unmanaged, IVec<TVec, float>
{
    private const int Lanes = BlockedLayout.BlockLanes, Tile = WinogradPlan.Tile, Window = 6;
    private const int Positions = WinogradWeights.Positions;

    private readonly bool _upsample = fusion.HasFlag(Fusion.UpsampleInput), _pool = fusion.HasFlag(Fusion.PoolOutput);

    private readonly PaddingMode _padding = convolution.Shape.Padding;

    internal void Run(int block, int range, BufferPool pool)
    {
        (int first, int tiles) = plan.Tiles(block);
        (int firstChannel, int endChannel) = plan.Channels(range);
        // Padded to whole register tiles. The padding is computed too, and its results are not used.
        int pixels = Conv.TilesPerRegisterTile<TVec>(), stride = (tiles + pixels - 1) / pixels * pixels;
        long inputs = (long)plan.InBlocks * stride * Lanes, products = (long)plan.OutBlocks * stride * Lanes;
        NativeBuffer buffer = pool.Rent((nuint)(Positions * (inputs + products) * sizeof(float)), output.Shape);
        try
        {
            float* transformed = (float*)buffer.Pointer, sums = transformed + Positions * inputs;
            TransformInput(transformed, first, tiles, stride);
            long weights = (long)plan.InBlocks * Lanes * plan.OutBlocks * Lanes;
            for (int position = 0; position < Positions; position++)
            {
                int row = position / Window, column = position % Window;
                if (_upsample && (row == WinogradWeights.MinusOne || column == WinogradWeights.MinusOne))
                    continue;
                Conv.TileProducts<TVec>(
                    transformed + (Input(row) * Window + Input(column)) * inputs, convolution.Weights + position * weights,
                    sums + position * products, stride, plan.InBlocks, firstChannel, endChannel,
                    plan.OutBlocks * Lanes);
            }

            if (_upsample)
                TransformOutput<UpsampledWindow>(sums, first, tiles, stride, firstChannel / Lanes, (endChannel + Lanes - 1) / Lanes);
            else
                TransformOutput<PlainWindow>(sums, first, tiles, stride, firstChannel / Lanes, (endChannel + Lanes - 1) / Lanes);
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
                int y = (first + t) / plan.Columns * Tile, x = (first + t) % plan.Columns * Tile;
                float* target = transformed + ((long)block * stride + t) * Lanes;
                bool within = y + Tile <= full.Height && x + Tile <= full.Width;
                bool inside = within && y > 0 && x > 0 && y + Tile < full.Height && x + Tile < full.Width;
                // The tensor's border has the reflection, so only other padding needs a copy.
                if (!_upsample && (_padding == PaddingMode.Reflect ? within : inside))
                {
                    InputTransform.Run<TVec, PlainWindow>(input.At(block, y - 1, x - 1), input.Layout.RowStride, target, positionStride);
                }
                else if (_upsample && inside)
                {
                    float* window = input.At(block, y / 2 - 1, x / 2 - 1);
                    InputTransform.Run<TVec, UpsampledWindow>(window, input.Layout.RowStride, target, positionStride);
                }
                else
                {
                    Gather(block, y - 1, x - 1, patch);
                    if (_upsample)
                        InputTransform.Run<TVec, UpsampledPatch>(patch, Window * Lanes, target, positionStride);
                    else
                        InputTransform.Run<TVec, PlainWindow>(patch, Window * Lanes, target, positionStride);
                }
            }
        }
    }

    // Row or column of the transformed input that a position reads.
    private int Input(int index) => _upsample && index == WinogradWeights.MinusTwo ? WinogradWeights.Two : index;

    // At the right and the bottom a window may reach past the border. Those pixels only affect outputs that aren't stored.
    private void Gather(int block, int top, int left, float* patch)
    {
        for (int i = 0; i < Window; i++)
        {
            int row = PaddingIndex.Of(_padding, Math.Min(top + i, full.Height), full.Height);
            for (int j = 0; j < Window; j++)
            {
                int column = PaddingIndex.Of(_padding, Math.Min(left + j, full.Width), full.Width);
                Span<float> target = new(patch + (i * Window + j) * Lanes, Lanes);
                if (row < 0 || column < 0)
                    target.Clear();
                else
                    new ReadOnlySpan<float>(_upsample ? input.At(block, row / 2, column / 2) : input.At(block, row, column), Lanes)
                        .CopyTo(target);
            }
        }
    }

    private void TransformOutput<TWindow>(float* sums, int first, int tiles, int stride, int firstBlock, int endBlock)
        where TWindow : struct, IWindow
    {
        long positionStride = (long)plan.OutBlocks * stride * Lanes;
        int scale = _pool ? 2 : 1, side = Tile / scale;
        float* patch = stackalloc float[Tile * Tile * Lanes];
        for (int block = firstBlock; block < endBlock; block++)
        {
            for (int t = 0; t < tiles; t++)
            {
                int y = (first + t) / plan.Columns * side, x = (first + t) % plan.Columns * side;
                float* source = sums + ((long)block * stride + t) * Lanes;
                float* bias = convolution.Bias + block * Lanes;
                if (y + side <= output.Shape.Height && x + side <= output.Shape.Width)
                {
                    OutputTransform.Run<TVec, TWindow>(
                        source, positionStride, bias, activation, _pool, output.At(block, y, x), output.Layout.RowStride);
                    continue;
                }

                OutputTransform.Run<TVec, TWindow>(source, positionStride, bias, activation, _pool, patch, Tile * Lanes);
                int columns = Math.Min(side, output.Shape.Width - x);
                for (int i = 0; i < Math.Min(side, output.Shape.Height - y) && columns > 0; i++)
                    new ReadOnlySpan<float>(patch + i * Tile * Lanes, columns * Lanes).CopyTo(
                        new Span<float>(output.At(block, y + i, x), columns * Lanes));
            }
        }
    }
}
