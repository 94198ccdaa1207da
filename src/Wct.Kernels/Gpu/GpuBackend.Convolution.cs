using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Convolutions, pooling, upsampling, sums.
public partial class GpuBackend
{
    // The folding kernel computes four output channels per item.
    private const int FloatsOfQuad = 4;

    private protected override Convolution PackConvolutionCore(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        GpuWeights plan = new(shape, _precision);
        Half[] halves = plan.Kernel == GpuKernel.Half ? TensorCoreWeights.Halves(shape, weights) : [];
        float[] packed = plan.Kernel == GpuKernel.Half ? [] : plan.Pack(weights), packedBias = plan.PackBias(bias);
        GpuConvolution convolution = new(plan, this);
        try
        {
            using (Enter())
            {
                Upload<float>(packed, convolution.Weights);
                Upload<Half>(halves, convolution.Weights);
                Upload<float>(packedBias, convolution.Bias);
            }

            return convolution;
        }
        catch
        {
            convolution.Dispose();
            throw;
        }
    }

    private protected override void ConvolveCore(Tensor input, Convolution convolution, Activation activation, Fusion fusion, Tensor output)
    {
        var own = (GpuConvolution)convolution;
        bool upsamples = fusion.HasFlag(Fusion.UpsampleInput), pools = fusion.HasFlag(Fusion.PoolOutput);
        if (own.Plan.UsesTensorCores)
        {
            using (Enter())
                EnqueueTensorCores(input, own, (int)activation.Kind, upsamples, pools, output);
        }
        else if (upsamples && (pools || !own.Plan.Folds))
        {
            using Tensor large = Allocate(input.Shape.Upsampled);
            UpsampleCore(input, large);
            ConvolveCore(large, convolution, activation, fusion & ~Fusion.UpsampleInput, output);
        }
        else if (pools && !own.Plan.Pools)
        {
            using Tensor full = Allocate(own.Shape.OutputOf(input.Shape));
            ConvolveCore(input, convolution, activation, Fusion.None, full);
            MaxPoolCore(full, output);
        }
        else if (own.Plan.Kernel is GpuKernel.Tiled or GpuKernel.TiledLast)
        {
            using (Enter())
                EnqueueTiled(input, own, (int)activation.Kind, output);
        }
        else
        {
            using (Enter())
                Enqueue(input, own, (int)activation.Kind, upsamples, pools ? 1 : 0, output);
        }
    }

    private protected override void MaxPoolCore(Tensor input, Tensor output)
    {
        using (Enter())
            _launch.MaxPool2x2(output.Shape.Length, Data(input), Data(output), input.Shape.Channels, input.Shape.Height, input.Shape.Width);
    }

    private protected override void UpsampleCore(Tensor input, Tensor output)
    {
        using (Enter())
            _launch.Upsample2x(output.Shape.Length, Data(input), Data(output), input.Shape.Channels, input.Shape.Height, input.Shape.Width);
    }

    private protected override void AddCore(Tensor first, Tensor second, Tensor output)
    {
        using (Enter())
            _launch.Add(output.Shape.Length, Data(first), Data(second), Data(output));
    }

    private protected override void AddWeightedCore(Tensor features, Tensor weights, Tensor output, bool accumulate)
    {
        TensorShape shape = output.Shape;
        using (Enter())
        {
            _launch.AddWeighted(
                shape.Length, Data(features), Data(weights), Data(output), shape.Channels, shape.Pixels, accumulate: accumulate ? 1 : 0);
        }
    }

    private void Enqueue(Tensor input, GpuConvolution convolution, int activation, bool upsamples, int pool, Tensor output)
    {
        GpuWeights plan = convolution.Plan;
        (int inChannels, int outChannels) = (plan.Shape.InChannels, plan.Shape.OutChannels);
        (int height, int width, int pixels, int padding) =
            (input.Shape.Height, input.Shape.Width, input.Shape.Pixels, (int)plan.Shape.Padding);
        GpuBuffer from = Data(input), weights = convolution.Weights, bias = convolution.Bias, to = Data(output);
        GridSize tiles = Tiles3x3(input.Shape, plan);
        if (upsamples)
        {
            GridSize grid = tiles with { Z = KernelConstants.FoldedTaps.Parities };
            _launch.ConvUpsampled(grid, from, Folded(convolution), bias, to, inChannels, outChannels, height, width, padding, activation);
        }
        else if (plan.Kernel == GpuKernel.Plain)
        {
            _launch.Conv3x3(tiles, from, weights, bias, to, inChannels, outChannels, height, width, padding, activation, pool);
        }
        else if (plan.Kernel == GpuKernel.First)
        {
            _launch.ConvFirst(tiles, from, weights, bias, to, inChannels, outChannels, height, width, padding, activation, pool);
        }
        else if (plan.Kernel == GpuKernel.Last)
        {
            _launch.ConvLast(tiles, from, weights, bias, to, inChannels, outChannels, height, width, padding, activation);
        }
        else
        {
            GridSize grid = GridSize.For(pixels, KernelConstants.Conv1x1.TilePixels) with { Y = plan.Blocks };
            _launch.Conv1x1(grid, from, weights, bias, to, inChannels, outChannels, pixels, activation);
        }
    }

    // The tensor core kernels upsample while they read and pool while they write.
    private void EnqueueTensorCores(Tensor input, GpuConvolution convolution, int activation, bool upsamples, bool pools, Tensor output)
    {
        GpuWeights plan = convolution.Plan;
        (int inChannels, int outChannels) = (plan.Shape.InChannels, plan.Shape.OutChannels);
        TensorShape full = upsamples ? input.Shape.Upsampled : input.Shape;
        (int height, int width, int padding) = (full.Height, full.Width, (int)plan.Shape.Padding);
        (int pool, int upsample) = (pools ? 1 : 0, upsamples ? 1 : 0);
        GpuBuffer from = Data(input), weights = convolution.Weights, bias = convolution.Bias, to = Data(output);
        GridSize tiles = Tiles3x3(full, plan);
        if (plan.Kernel == GpuKernel.Half)
        {
            _launch.Conv3x3Half(
                tiles, from, weights, bias, to, inChannels, outChannels, height, width, padding, activation, pool, upsample);
        }
        else
        {
            _launch.Conv3x3Tf32(
                tiles, from, weights, bias, to, inChannels, outChannels, height, width, padding, activation, pool, upsample);
        }
    }

    // Convolutions of other shapes than 3x3 or 1x1 with stride 1.
    private void EnqueueTiled(Tensor input, GpuConvolution convolution, int activation, Tensor output)
    {
        GpuWeights plan = convolution.Plan;
        ConvolutionShape shape = plan.Shape;
        TensorShape from = input.Shape, to = output.Shape, larger = shape.IsTransposed ? to : from;
        GpuBuffer data = Data(input), weights = convolution.Weights, bias = convolution.Bias, result = Data(output);
        (int top, int left, int padding) = (shape.Before(larger.Height), shape.Before(larger.Width), (int)shape.Padding);
        // A transposed convolution is one with stride 1 for each parity of the output's rows and columns.
        TensorShape map = shape.IsTransposed ? from : to;
        (int transposed, int parities) = shape.IsTransposed ? (1, KernelConstants.TiledConvolution.Parities) : (0, 1);
        const int TileHeight = KernelConstants.TiledConvolution.TileHeight;
        if (plan.Kernel == GpuKernel.TiledLast)
        {
            GridSize grid = Tiles(map, plan, TileHeight, KernelConstants.ConvTiledLast.TileWidth) with { Z = parities };
            _launch.ConvTiledLast(
                grid, data, weights, bias, result, shape.InChannels, shape.OutChannels, from.Height, from.Width, to.Height, to.Width,
                shape.KernelSize, top, left, padding, transposed, activation);
        }
        else
        {
            int stride = shape.IsTransposed ? 1 : shape.Stride;
            GridSize grid = Tiles(map, plan, TileHeight, KernelConstants.ConvTiled.TileWidth) with { Z = parities };
            _launch.ConvTiled(
                grid, data, weights, bias, result, shape.InChannels, shape.OutChannels, from.Height, from.Width, to.Height, to.Width,
                shape.KernelSize, stride, top, left, padding, transposed, activation);
        }
    }

    private static GridSize Tiles3x3(TensorShape map, GpuWeights plan) =>
        Tiles(map, plan, KernelConstants.Window3x3.TileSide, KernelConstants.Window3x3.TileSide);

    private static GridSize Tiles(TensorShape map, GpuWeights plan, int tileHeight, int tileWidth) =>
        new(checked(((map.Height - 1) / tileHeight + 1) * ((map.Width - 1) / tileWidth + 1)), plan.Blocks);

    // Returns the folded weights. They are computed at the first convolution of an upsampled input.
    private GpuBuffer Folded(GpuConvolution convolution)
    {
        if (convolution.Folded is { } made)
            return made;
        GpuWeights plan = convolution.Plan;
        GpuBuffer folded = _memory.Rent(plan.FoldedLength * sizeof(float), $"The weights of {plan.Shape}");
        try
        {
            // The folded weights are kept, so an error of this launch must be thrown now.
            _collector?.FlushAndStop();
            _launch.FoldedTaps(plan.FoldedLength / FloatsOfQuad, convolution.Weights, folded, plan.Rows);
        }
        catch
        {
            _memory.Return(folded);
            throw;
        }

        return convolution.Folded = folded;
    }
}
