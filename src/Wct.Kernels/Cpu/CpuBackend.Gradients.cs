using Wct.Kernels.Convolutions;
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
            using var fresh = (CpuConvolution)PackConvolutionCore(own.Shape, weights, bias);
            own.CopyFrom(fresh);
        }

        GC.KeepAlive(convolution);
    }

    private protected override Convolution PackTransposedCore(ConvolutionShape shape, ReadOnlySpan<float> weights)
    {
        float[] exchanged = ConvGradient.Exchange(shape, weights, flip: shape.Stride == 1), bias = new float[shape.InChannels];
        if (shape.Stride == 1)
            return PackConvolutionCore(shape.Exchanged, exchanged, bias);
        // The gradient of a transposed convolution is a convolution with stride 2, and the other way round.
        ConvolutionAlgorithm algorithm = shape.IsTransposed ? ConvolutionAlgorithm.Banded : ConvolutionAlgorithm.Transposed;
        return Conv.PackTaps<TVec>(shape.Exchanged, exchanged, bias, algorithm, BufferSource);
    }

    private protected override void UpdateTransposedWeightsCore(Convolution transposed, ReadOnlySpan<float> weights)
    {
        var own = (CpuConvolution)transposed;
        if (own.Algorithm == ConvolutionAlgorithm.Winograd)
        {
            WinogradWeights.Fill<TDouble>(own, weights, KernelOrder.Transposed(own.Shape), 2 * TVec.Count, Workers);
        }
        else
        {
            using var fresh = (CpuConvolution)PackTransposedCore(own.Shape.Exchanged, weights);
            own.CopyFrom(fresh);
        }

        GC.KeepAlive(transposed);
    }

    private protected override void ConvolveInputGradientCore(Tensor outputGradient, Convolution transposed, Tensor inputGradient)
    {
        var own = (CpuConvolution)transposed;
        CpuTensor gradient = (CpuTensor)outputGradient, result = (CpuTensor)inputGradient;
        ConvolutionShape forward = own.Shape.Exchanged;
        if (forward.Stride == 1 && (forward.KernelSize == 1 || forward.Padding != PaddingMode.Reflect))
        {
            // With zero and circular padding, the gradient is a convolution with the same padding.
            ConvolveCore(outputGradient, transposed, Activation.None, Fusion.None, inputGradient);
        }
        else if (own.Algorithm == ConvolutionAlgorithm.Winograd)
        {
            ConvGradient.WinogradInput<TVec>(gradient, own, result, Pool, Workers);
        }
        else if (forward.FitsReflectedBorder)
        {
            ConvGradient.PaddedInput(
                gradient, result, Pool, Workers,
                (source, padded) => ConvolveCore(source, transposed, Activation.None, Fusion.None, padded));
        }
        else
        {
            ConvGradient.BandedInput<TVec>(gradient, own, forward, result, Pool, Workers);
        }

        GC.KeepAlive(transposed);
    }

    private protected override void ConvolveWeightGradientCore(
        Tensor input, Tensor outputGradient, ConvolutionShape shape, Span<float> weights, Span<float> bias)
    {
        CpuTensor source = (CpuTensor)input, gradient = (CpuTensor)outputGradient;
        if (CpuConvolution.AlgorithmFor(shape) == ConvolutionAlgorithm.Winograd)
            ConvGradient.WinogradWeights<TVec>(source, gradient, shape, weights, Pool, Workers);
        else if (shape.FitsReflectedBorder)
            ConvGradient.DirectWeights<TVec>(source, gradient, shape, weights, Pool, Workers);
        else
            ConvGradient.BandedWeights<TVec>(source, gradient, shape, weights, Pool, Workers);
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
}
