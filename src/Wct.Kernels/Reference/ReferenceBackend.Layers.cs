using Wct.Kernels.Elementwise;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Reference;

// Activations, normalization, average pooling, concatenation, and their gradients.
public sealed partial class ReferenceBackend
{
    private protected override void ActivateCore(Tensor input, Activation activation, Tensor output) =>
        ActivationPass.Reference(Data(input), activation, Data(output));

    private protected override void ChannelMomentsCore(Tensor features, Region region, Span<double> mean, Span<double> variance)
    {
        TensorShape shape = new(features.Shape.Channels, region.Height, region.Width);
        float[] part = new float[shape.Length];
        RegionCopy.Reference(Data(features), features.Shape, region, part, shape, 0, 0);
        ChannelStatistics.Reference(part, shape, mean, variance);
    }

    private protected override void NormalizeCore(
        Tensor input, ReadOnlySpan<double> center, ReadOnlySpan<double> factor, ReadOnlySpan<double> offset, Activation activation,
        Tensor output) =>
        Normalization.Reference(Data(input), input.Shape.Pixels, center, factor, offset, activation, Data(output));

    private protected override void AveragePoolCore(Tensor input, Tensor output) =>
        AveragePool2x2.Reference(Data(input), input.Shape, Data(output));

    private protected override void CopyChannelsCore(Tensor source, int first, Tensor destination, int firstDestination, int count) =>
        ChannelCopy.Reference(Data(source), first, Data(destination), firstDestination, count, source.Shape.Pixels);

    private protected override void ActivateGradientCore(Tensor output, Activation activation, Tensor gradient) =>
        ActivationPass.ReferenceGradient(Data(output), activation, Data(gradient));

    private protected override void AveragePoolGradientCore(Tensor outputGradient, Tensor inputGradient) =>
        AveragePool2x2.ReferenceGradient(Data(outputGradient), inputGradient.Shape, Data(inputGradient));

    private protected override void InstanceNormalizationGradientCore(
        Tensor input, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double epsilon, ReadOnlySpan<float> scale,
        Tensor outputGradient, Tensor inputGradient, Span<float> scaleGradient, Span<float> shiftGradient) =>
        Normalization.ReferenceGradient(
            Data(input), input.Shape.Pixels, mean, variance, epsilon, scale, Data(outputGradient), Data(inputGradient), scaleGradient,
            shiftGradient);
}
