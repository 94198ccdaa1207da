using Wct.Kernels.Convolutions;
using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;
using Wct.Kernels.Patches;
using Wct.Kernels.Pixels;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Cpu;

/// <summary>The CPU backend for one vector width.</summary>
/// <typeparam name="TVec">Vector of floats.</typeparam>
/// <typeparam name="TDouble">Vector of doubles of the same width in bits.</typeparam>
internal sealed partial class CpuBackend<TVec, TDouble>(Isa isa, CpuBackendOptions options) : CpuBackend(isa, options)
    where TVec : unmanaged, IVec<TVec, float>
    where TDouble : unmanaged, IVec<TDouble, double>
{
    private protected override Convolution PackConvolutionCore(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        ConvolutionAlgorithm algorithm = CpuConvolution.AlgorithmFor(shape);
        return algorithm == ConvolutionAlgorithm.Winograd
            ? WinogradWeights.Pack<TDouble>(shape, weights, bias, 2 * TVec.Count, BufferSource, Workers)
            : Conv.PackTaps<TVec>(shape, weights, bias, algorithm, BufferSource);
    }

    private protected override void WriteCore(ReadOnlySpan<float> source, Tensor destination) =>
        PlanarCopy.Write(source, (CpuTensor)destination);

    private protected override void ReadCore(Tensor source, Span<float> destination) => PlanarCopy.Read((CpuTensor)source, destination);

    private protected override void LoadPixelsCore(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, ChannelOffsets layout, Tensor image) =>
        PixelTransfer.Load(pixels, width, height, stride, layout, (CpuTensor)image, Workers);

    private protected override void StorePixelsCore(
        Tensor image, Span<byte> pixels, int width, int height, int stride, ChannelOffsets layout) =>
        PixelTransfer.Store((CpuTensor)image, pixels, width, height, stride, layout, Workers);

    private protected override void ConvolveCore(Tensor input, Convolution convolution, Activation activation, Fusion fusion, Tensor output)
    {
        var own = (CpuConvolution)convolution;
        // The fused pool needs windows of 2x2 pixels, which a map with a side of one pixel doesn't have.
        bool poolable = !fusion.HasFlag(Fusion.PoolOutput) || (input.Shape.Height > 1 && input.Shape.Width > 1);
        if (own.Algorithm == ConvolutionAlgorithm.Winograd && poolable)
            Conv.Winograd<TVec>((CpuTensor)input, own, activation, fusion, (CpuTensor)output, Pool, Workers);
        else
            ConvolveInSteps(input, own, activation, fusion, output);
        // The kernels use pointers into memory that the finalizer would free.
        GC.KeepAlive(convolution);
    }

    private void ConvolveInSteps(Tensor input, CpuConvolution convolution, Activation activation, Fusion fusion, Tensor output)
    {
        if (fusion.HasFlag(Fusion.UpsampleInput))
        {
            using Tensor large = Allocate(input.Shape.Upsampled);
            UpsampleCore(input, large);
            ConvolveCore(large, convolution, activation, fusion & ~Fusion.UpsampleInput, output);
        }
        else if (fusion.HasFlag(Fusion.PoolOutput))
        {
            using Tensor full = Allocate(input.Shape.WithChannels(convolution.Shape.OutChannels));
            ConvolveCore(input, convolution, activation, Fusion.None, full);
            MaxPoolCore(full, output);
        }
        else
        {
            ConvolveDirectly((CpuTensor)input, convolution, activation, (CpuTensor)output);
        }
    }

    private void ConvolveDirectly(CpuTensor input, CpuConvolution convolution, Activation activation, CpuTensor output)
    {
        ConvolutionShape shape = convolution.Shape;
        switch (convolution.Algorithm)
        {
            case ConvolutionAlgorithm.Narrow:
                Conv.Narrow<TVec>(input, convolution, activation, output, Workers);
                break;
            case ConvolutionAlgorithm.Banded:
                Conv.Banded<TVec>(input, convolution, TapGrid.Of(shape, input.Shape), activation, output, Pool, Workers);
                break;
            case ConvolutionAlgorithm.Transposed:
                int top = shape.Before(output.Shape.Height), left = shape.Before(output.Shape.Width);
                Conv.Transposed<TVec>(input, convolution, top, left, activation, output, Pool, Workers);
                break;
            default:
                Conv.Direct<TVec>(input, convolution, activation, output, Workers);
                break;
        }
    }

    private protected override void MaxPoolCore(Tensor input, Tensor output) =>
        MaxPool2x2.Run<TVec>((CpuTensor)input, (CpuTensor)output, Workers);

    private protected override void UpsampleCore(Tensor input, Tensor output) =>
        Upsample2x.Run<TVec>((CpuTensor)input, (CpuTensor)output, Workers);

    private protected override void AddCore(Tensor first, Tensor second, Tensor output) =>
        Addition.Run<TVec>((CpuTensor)first, (CpuTensor)second, (CpuTensor)output, Workers);

    private protected override void AddWeightedCore(Tensor features, Tensor weights, Tensor output, bool accumulate) =>
        WeightedAddition.Run<TVec>((CpuTensor)features, (CpuTensor)weights, (CpuTensor)output, accumulate, Workers);

    private protected override void MixAffineCore(
        Tensor features, IReadOnlyList<Convolution> maps, IReadOnlyList<Tensor> weights, Tensor output)
    {
        // Maps of fewer than 8 channels have another layout. No level of the networks is that narrow.
        if (((CpuTensor)features).Layout.Lanes == 1)
            base.MixAffineCore(features, maps, weights, output);
        else
            Conv.Mix<TVec>((CpuTensor)features, maps, weights, (CpuTensor)output, Pool, Workers);
    }

    private protected override void KeepLargestCore(Tensor scores, int first, Tensor best) =>
        LargestScores.Run<TVec>((CpuTensor)scores, first, (CpuTensor)best, Workers);

    private protected override void GatherPatchesCore(Tensor values, Tensor best, Tensor output) =>
        PatchMeans.Run<TVec>((CpuTensor)values, (CpuTensor)best, (CpuTensor)output, Workers);

    private protected override void MomentsCore(Tensor features, Region region, Span<double> mean, Span<double> covariance) =>
        Covariance.Run<TDouble>((CpuTensor)features, region, mean, covariance, Pool, Workers);

    private protected override double WeightedMomentsCore(
        Tensor features, Region region, Tensor weights, Span<double> mean, Span<double> scatter) =>
        Covariance.RunWeighted<TDouble>((CpuTensor)features, region, (CpuTensor)weights, mean, scatter, Pool, Workers);

    private protected override void AffineCore(
        Tensor features, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset, Tensor output)
    {
        using Convolution map = AffineMap.AsConvolution(this, matrix, center, offset);
        ConvolveCore(features, map, Activation.None, Fusion.None, output);
    }
}
