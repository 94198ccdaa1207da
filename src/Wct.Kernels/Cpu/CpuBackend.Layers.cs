using Wct.Kernels.Elementwise;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Cpu;

// Activations, normalization, average pooling, concatenation, and their gradients.
internal sealed partial class CpuBackend<TVec, TDouble>
{
    private protected override void ActivateCore(Tensor input, Activation activation, Tensor output) =>
        ActivationPass.Run<TVec>((CpuTensor)input, activation, (CpuTensor)output, Workers);

    private protected override void ChannelMomentsCore(Tensor features, Region region, Span<double> mean, Span<double> variance) =>
        ChannelStatistics.Run<TDouble>((CpuTensor)features, region, mean, variance, Workers);

    private protected override void NormalizeCore(
        Tensor input, ReadOnlySpan<double> center, ReadOnlySpan<double> factor, ReadOnlySpan<double> offset, Activation activation,
        Tensor output) =>
        Normalization.Run<TVec>((CpuTensor)input, center, factor, offset, activation, (CpuTensor)output, Workers);

    private protected override void AveragePoolCore(Tensor input, Tensor output) =>
        AveragePool2x2.Run<TVec>((CpuTensor)input, (CpuTensor)output, Workers);

    private protected override void CopyChannelsCore(Tensor source, int first, Tensor destination, int firstDestination, int count) =>
        ChannelCopy.Run<TVec>((CpuTensor)source, first, (CpuTensor)destination, firstDestination, count, Workers);

    private protected override void ActivateGradientCore(Tensor output, Activation activation, Tensor gradient) =>
        ActivationPass.Gradient<TVec>((CpuTensor)output, activation, (CpuTensor)gradient, Workers);

    private protected override void AveragePoolGradientCore(Tensor outputGradient, Tensor inputGradient) =>
        AveragePool2x2.Gradient<TVec>((CpuTensor)outputGradient, (CpuTensor)inputGradient, Workers);

    private protected override void InstanceNormalizationGradientCore(
        Tensor input, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double epsilon, ReadOnlySpan<float> scale,
        Tensor outputGradient, Tensor inputGradient, Span<float> scaleGradient, Span<float> shiftGradient) =>
        Normalization.Gradient<TVec, TDouble>(
            (CpuTensor)input, mean, variance, epsilon, scale, (CpuTensor)outputGradient, (CpuTensor)inputGradient, scaleGradient,
            shiftGradient, Workers);
}
