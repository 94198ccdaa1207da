using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Convolutions, pooling, enlargement.
public partial class GpuBackend
{
    // The kernels' tiles: pixels of a side, and of a line.
    private const int TileSide = 16, LinePixels = 256;

    private protected override Convolution PrepareCore(ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
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
        bool enlarges = fusion.HasFlag(Fusion.UpsampleInput), pools = fusion.HasFlag(Fusion.PoolOutput);
        if (own.Plan.UsesTensorCores)
        {
            using (Enter())
                EnqueueMatrix(input, own, (int)activation, enlarges, pools, output);
        }
        else if (enlarges && (pools || !own.Plan.Folds))
        {
            using Tensor large = Allocate(input.Shape.Upsampled);
            UpsampleCore(input, large);
            ConvolveCore(large, convolution, activation, fusion & ~Fusion.UpsampleInput, output);
        }
        else if (pools && own.Plan.Kernel is (GpuKernel.Last or GpuKernel.Point))
        {
            using Tensor full = Allocate(input.Shape.WithChannels(own.Shape.OutChannels));
            ConvolveCore(input, convolution, activation, Fusion.None, full);
            MaxPoolCore(full, output);
        }
        else
        {
            using (Enter())
                Enqueue(input, own, (int)activation, enlarges, pools ? 1 : 0, output);
        }
    }

    private protected override void MaxPoolCore(Tensor input, Tensor output)
    {
        using (Enter())
            LaunchOver(output.Shape.Length, "MaxPool2x2", Data(input), Data(output), input.Shape.Channels, input.Shape.Height, input.Shape.Width);
    }

    private protected override void UpsampleCore(Tensor input, Tensor output)
    {
        using (Enter())
            LaunchOver(output.Shape.Length, "Upsample2x", Data(input), Data(output), input.Shape.Channels, input.Shape.Height, input.Shape.Width);
    }

    private void Enqueue(Tensor input, GpuConvolution convolution, int activation, bool enlarges, int pool, Tensor output)
    {
        GpuWeights plan = convolution.Plan;
        (int inChannels, int outChannels) = (plan.Shape.InChannels, plan.Shape.OutChannels);
        (int height, int width) = (input.Shape.Height, input.Shape.Width);
        GpuBuffer from = Data(input), weights = convolution.Weights, bias = convolution.Bias, to = Data(output);
        GridSize tiles = Tiles(input.Shape, plan);
        if (enlarges)
            _queue.Launch("ConvUpsampled", tiles with { Z = 4 }, from, Folded(convolution), bias, to, inChannels, outChannels, height, width, activation);
        else if (plan.Kernel == GpuKernel.Plain)
            _queue.Launch("Conv3x3", tiles, from, weights, bias, to, inChannels, outChannels, height, width, activation, pool);
        else if (plan.Kernel == GpuKernel.First)
            _queue.Launch("ConvFirst", tiles, from, weights, bias, to, inChannels, outChannels, height, width, activation, pool);
        else if (plan.Kernel == GpuKernel.Last)
            _queue.Launch("ConvLast", tiles, from, weights, bias, to, inChannels, outChannels, height, width, activation);
        else
            _queue.Launch("Conv1x1", GridSize.For(input.Shape.Pixels, LinePixels) with { Y = plan.Blocks }, from, weights, bias, to, inChannels, outChannels, input.Shape.Pixels, activation);
    }

    // Enlarges as it reads, and pools as it writes.
    private void EnqueueMatrix(Tensor input, GpuConvolution convolution, int activation, bool enlarges, bool pools, Tensor output)
    {
        ConvolutionShape shape = convolution.Plan.Shape;
        TensorShape full = enlarges ? input.Shape.Upsampled : input.Shape;
        _queue.Launch(
            convolution.Plan.Kernel == GpuKernel.Half ? "Conv3x3Half" : "Conv3x3Tf32", Tiles(full, convolution.Plan), Data(input), convolution.Weights,
            convolution.Bias, Data(output), shape.InChannels, shape.OutChannels, full.Height, full.Width, activation, pools ? 1 : 0, enlarges ? 1 : 0);
    }

    private static GridSize Tiles(TensorShape map, GpuWeights plan) =>
        new(checked(((map.Height - 1) / TileSide + 1) * ((map.Width - 1) / TileSide + 1)), plan.Blocks);

    // Made of the weights when they first meet an enlarged input.
    private GpuBuffer Folded(GpuConvolution convolution)
    {
        if (convolution.Folded is { } made)
            return made;
        GpuWeights plan = convolution.Plan;
        GpuBuffer folded = _memory.Rent(plan.FoldedLength * sizeof(float), $"The weights of {plan.Shape}");
        try
        {
            // They are kept from now on: whether they are made must be known at once.
            _collector?.Release();
            LaunchOver(plan.FoldedLength / 4, "FoldedTaps", convolution.Weights, folded, plan.Rows);
        }
        catch
        {
            _memory.Return(folded);
            throw;
        }

        return convolution.Folded = folded;
    }
}
