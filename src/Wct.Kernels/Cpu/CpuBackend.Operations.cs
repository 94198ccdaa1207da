using Wct.Kernels.Convolutions;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;
using Wct.Kernels.Pixels;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Cpu;

/// <summary>The operations for one vector width.</summary>
internal sealed class CpuBackend<TVec, TDouble>(Isa isa, CpuBackendOptions options) : CpuBackend(isa, options)
    where TVec : unmanaged, IVec<TVec, float>
    where TDouble : unmanaged, IVec<TDouble, double>
{
    private protected override Convolution PrepareCore(ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) =>
        BlockedLayout.LanesFor(shape.OutChannels) == 1
            ? Conv.PackNarrow(shape, weights, bias, BufferSource)
            : Conv.PackDirect<TVec>(shape, weights, bias, BufferSource);

    private protected override void WriteCore(ReadOnlySpan<float> source, Tensor destination) =>
        PlanarCopy.Write(source, (CpuTensor)destination);

    private protected override void ReadCore(Tensor source, Span<float> destination) => PlanarCopy.Read((CpuTensor)source, destination);

    private protected override void LoadPixelsCore(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelLayout layout, Tensor image) =>
        PixelTransfer.Load(pixels, width, height, stride, layout, (CpuTensor)image, Workers);

    private protected override void StorePixelsCore(
        Tensor image, Span<byte> pixels, int width, int height, int stride, PixelLayout layout) =>
        PixelTransfer.Store((CpuTensor)image, pixels, width, height, stride, layout, Workers);

    private protected override void ConvolveCore(Tensor input, Convolution convolution, Activation activation, Tensor output)
    {
        var target = (CpuTensor)output;
        if (target.Layout.Lanes == 1)
            Conv.Narrow<TVec>((CpuTensor)input, (CpuConvolution)convolution, activation, target, Workers);
        else
            Conv.Direct<TVec>((CpuTensor)input, (CpuConvolution)convolution, activation, target, Workers);
    }

    private protected override void MaxPoolCore(Tensor input, Tensor output) =>
        MaxPool2x2.Run<TVec>((CpuTensor)input, (CpuTensor)output, Workers);

    private protected override void UpsampleCore(Tensor input, Tensor output) =>
        Upsample2x.Run<TVec>((CpuTensor)input, (CpuTensor)output, Workers);

    private protected override void MomentsCore(Tensor features, Span<double> mean, Span<double> covariance) =>
        Covariance.Run<TDouble>((CpuTensor)features, mean, covariance, Workers);

    private protected override void AffineCore(
        Tensor features, ReadOnlySpan<double> matrix, ReadOnlySpan<double> centre, ReadOnlySpan<double> offset, Tensor output)
    {
        using Convolution map = AffineMap.AsConvolution(this, matrix, centre, offset);
        ConvolveCore(features, map, Activation.None, output);
    }
}
