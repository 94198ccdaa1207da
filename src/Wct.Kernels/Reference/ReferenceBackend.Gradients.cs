using Wct.Kernels.Convolutions.Gradients;
using Wct.Kernels.Elementwise;
using Wct.Kernels.Losses;
using Wct.Kernels.Optimizers;

namespace Wct.Kernels.Reference;

// Gradients, losses and optimizer steps.
public sealed partial class ReferenceBackend
{
    private protected override void UpdateWeightsCore(Convolution convolution, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        var own = (ReferenceConvolution)convolution;
        weights.CopyTo(own.Weights);
        bias.CopyTo(own.Bias);
    }

    private protected override Convolution PackTransposedCore(ConvolutionShape shape, ReadOnlySpan<float> weights) =>
        new ReferenceConvolution(shape.Exchanged, ConvGradient.Transpose(shape, weights), new float[shape.InChannels]);

    private protected override void UpdateTransposedWeightsCore(Convolution transposed, ReadOnlySpan<float> weights) =>
        ConvGradient.Transpose(transposed.Shape.Exchanged, weights).CopyTo(((ReferenceConvolution)transposed).Weights, 0);

    private protected override void ConvolveInputGradientCore(Tensor outputGradient, Convolution transposed, Tensor inputGradient)
    {
        // Transposing the transposed weights gives the forward weights.
        float[] weights = ConvGradient.Transpose(transposed.Shape, ((ReferenceConvolution)transposed).Weights);
        ConvGradient.ReferenceInput(
            Data(outputGradient), inputGradient.Shape, weights, transposed.Shape.Exchanged, Data(inputGradient));
    }

    private protected override void ConvolveWeightGradientCore(
        Tensor input, Tensor outputGradient, ConvolutionShape shape, Span<float> weights, Span<float> bias) =>
        ConvGradient.ReferenceWeights(Data(input), Data(outputGradient), input.Shape, shape, weights, bias);

    private protected override void ReluGradientCore(Tensor output, Tensor gradient) => ReluMask.Reference(Data(output), Data(gradient));

    private protected override void MaxPoolGradientCore(Tensor input, Tensor outputGradient, Tensor inputGradient) =>
        MaxPool2x2.ReferenceGradient(Data(input), input.Shape, Data(outputGradient), Data(inputGradient));

    private protected override void UpsampleGradientCore(Tensor outputGradient, Tensor inputGradient) =>
        Upsample2x.ReferenceGradient(Data(outputGradient), inputGradient.Shape, Data(inputGradient));

    private protected override void AddScaledCore(Tensor source, float factor, Tensor destination)
    {
        float[] from = Data(source), to = Data(destination);
        for (int i = 0; i < to.Length; i++)
            to[i] = (float)(to[i] + (double)factor * from[i]);
    }

    private protected override double SquaredErrorCore(Tensor actual, Tensor target, float factor, Tensor? gradient) =>
        LossSums.ReferenceSquaredError(Data(actual), Data(target), factor, gradient is null ? default : Data(gradient));

    private protected override double TotalVariationCore(Tensor image, float factor, Tensor? gradient) =>
        LossSums.ReferenceTotalVariation(Data(image), image.Shape, factor, gradient is null ? default : Data(gradient));

    private protected override void SumCore(IReadOnlyList<float[]> parts, Memory<float> sum) => GradientSum.Reference(parts, sum.Span);

    private protected override double SumOfSquaresCore(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += (double)value * value;
        return sum;
    }

    private protected override void AdamCore(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> square, in AdamStep step) =>
        AdamUpdate.Reference(parameters, gradients, mean, square, step);
}
