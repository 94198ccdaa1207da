using Wct.Kernels.Convolutions.Gradients;
using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;
using Wct.Kernels.Losses;
using Wct.Kernels.Optimizers;

namespace Wct.Kernels.Cpu;

// Gradients, losses and optimizer steps.
internal sealed partial class CpuBackend<TVec, TDouble>
{
    private protected override void UpdateWeightsCore(Convolution convolution, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        var own = (CpuConvolution)convolution;
        if (own.Algorithm == ConvolutionAlgorithm.Winograd)
        {
            WinogradWeights.Fill<TDouble>(own, weights, KernelOrder.Plain(own.Shape), 2 * TVec.Count, Workers);
            unsafe
            {
                bias.CopyTo(new Span<float>(own.Bias, bias.Length));
            }
        }
        else
        {
            CopyWeights(own, weights, bias);
        }

        GC.KeepAlive(convolution);
    }

    private protected override Convolution PackTransposedCore(ConvolutionShape shape, ReadOnlySpan<float> weights) =>
        PackConvolutionCore(ConvGradient.Transpose(shape), ConvGradient.Transpose(shape, weights), new float[shape.InChannels]);

    private protected override void UpdateTransposedWeightsCore(Convolution transposed, ReadOnlySpan<float> weights)
    {
        var own = (CpuConvolution)transposed;
        if (own.Algorithm == ConvolutionAlgorithm.Winograd)
            WinogradWeights.Fill<TDouble>(own, weights, KernelOrder.Transposed(own.Shape), 2 * TVec.Count, Workers);
        else
            CopyWeights(own, ConvGradient.Transpose(ConvGradient.Transpose(own.Shape), weights), new float[own.Shape.OutChannels]);
        GC.KeepAlive(transposed);
    }

    private protected override void ConvolveInputGradientCore(Tensor outputGradient, Convolution transposed, Tensor inputGradient)
    {
        var own = (CpuConvolution)transposed;
        if (own.Shape.KernelSize == 1)
        {
            ConvolveCore(outputGradient, transposed, Activation.None, Fusion.None, inputGradient);
        }
        else if (own.Algorithm == ConvolutionAlgorithm.Winograd)
        {
            ConvGradient.WinogradInput<TVec>((CpuTensor)outputGradient, own, (CpuTensor)inputGradient, Pool, Workers);
        }
        else
        {
            ConvGradient.PaddedInput(
                (CpuTensor)outputGradient, (CpuTensor)inputGradient, Pool, Workers,
                (source, result) => ConvolveCore(source, transposed, Activation.None, Fusion.None, result));
        }

        GC.KeepAlive(transposed);
    }

    private protected override void ConvolveWeightGradientCore(
        Tensor input, Tensor outputGradient, ConvolutionShape shape, Span<float> weights, Span<float> bias)
    {
        CpuTensor source = (CpuTensor)input, gradient = (CpuTensor)outputGradient;
        if (shape.KernelSize == 3 && source.Layout.Lanes > 1 && gradient.Layout.Lanes > 1)
            ConvGradient.WinogradWeights<TVec>(source, gradient, shape, weights, Pool, Workers);
        else
            ConvGradient.DirectWeights<TVec>(source, gradient, shape, weights, Pool, Workers);
        ConvGradient.Bias<TDouble>(gradient, bias, Workers);
    }

    private protected override void ReluGradientCore(Tensor output, Tensor gradient) =>
        ReluMask.Run<TVec>((CpuTensor)output, (CpuTensor)gradient, Workers);

    private protected override void MaxPoolGradientCore(Tensor input, Tensor outputGradient, Tensor inputGradient) =>
        MaxPool2x2.Gradient<TVec>((CpuTensor)input, (CpuTensor)outputGradient, (CpuTensor)inputGradient, Workers);

    private protected override void UpsampleGradientCore(Tensor outputGradient, Tensor inputGradient) =>
        Upsample2x.Gradient<TVec>((CpuTensor)outputGradient, (CpuTensor)inputGradient, Workers);

    private protected override void AddScaledCore(Tensor source, float factor, Tensor destination) =>
        LossSums.AddScaled<TVec>((CpuTensor)source, factor, (CpuTensor)destination, Workers);

    private protected override double SquaredErrorCore(Tensor actual, Tensor target, float factor, Tensor? gradient) =>
        LossSums.SquaredError<TVec>((CpuTensor)actual, (CpuTensor)target, factor, (CpuTensor?)gradient, Workers);

    private protected override double TotalVariationCore(Tensor image, float factor, Tensor? gradient) =>
        LossSums.TotalVariation<TVec>((CpuTensor)image, factor, (CpuTensor?)gradient, Workers);

    private protected override void SumCore(IReadOnlyList<float[]> parts, Memory<float> sum) => GradientSum.Run<TVec>(parts, sum, Workers);

    private protected override double SumOfSquaresCore(ReadOnlySpan<float> values) => LossSums.SumOfSquares<TDouble>(values);

    private protected override void AdamCore(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> square, in AdamStep step) =>
        AdamUpdate.Run<TVec>(parameters, gradients, mean, square, step);

    // For small layers: packs the weights again and copies them over the old ones.
    private unsafe void CopyWeights(CpuConvolution convolution, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        using var fresh = (CpuConvolution)PackConvolutionCore(convolution.Shape, weights, bias);
        long length = fresh.Bias - fresh.Weights + bias.Length;
        new ReadOnlySpan<float>(fresh.Weights, checked((int)length)).CopyTo(new Span<float>(convolution.Weights, (int)length));
    }
}
