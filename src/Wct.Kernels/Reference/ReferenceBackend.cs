using Wct.Kernels.Convolutions;
using Wct.Kernels.Elementwise;
using Wct.Kernels.LinearAlgebra;
using Wct.Kernels.Patches;
using Wct.Kernels.Pixels;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Reference;

/// <summary>The specification of every operation: plain loops with double accumulators on one thread. It is for tests; for other uses it
/// is too slow.</summary>
public sealed partial class ReferenceBackend : TrainingBackend
{
    /// <inheritdoc/>
    public override string Name => "scalar reference";

    /// <inheritdoc/>
    public override Tensor Allocate(TensorShape shape) => new ReferenceTensor(shape);

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private protected override Convolution PackConvolutionCore(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) =>
        new ReferenceConvolution(shape, weights.ToArray(), bias.ToArray());

    private protected override void WriteCore(ReadOnlySpan<float> source, Tensor destination) => source.CopyTo(Data(destination));

    private protected override void ReadCore(Tensor source, Span<float> destination) => Data(source).CopyTo(destination);

    private protected override void LoadPixelsCore(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, ChannelOffsets layout, Tensor image) =>
        PixelTransfer.ReferenceLoad(pixels, width, height, stride, layout, Data(image), image.Shape);

    private protected override void StorePixelsCore(
        Tensor image, Span<byte> pixels, int width, int height, int stride, ChannelOffsets layout) =>
        PixelTransfer.ReferenceStore(Data(image), image.Shape, pixels, width, height, stride, layout);

    private protected override void ConvolveCore(Tensor input, Convolution convolution, Activation activation, Fusion fusion, Tensor output)
    {
        var own = (ReferenceConvolution)convolution;
        Tensor source = input;
        if (fusion.HasFlag(Fusion.UpsampleInput))
            Upsample(input, source = Allocate(input.Shape.Upsampled));
        if (fusion.HasFlag(Fusion.PoolOutput))
        {
            Tensor full = Allocate(source.Shape.WithChannels(own.Shape.OutChannels));
            ConvolveCore(source, convolution, activation, Fusion.None, full);
            MaxPool(full, output);
            return;
        }

        Conv.Reference(Data(source), source.Shape, own.Weights, own.Bias, own.Shape, activation, Data(output));
    }

    private protected override void MaxPoolCore(Tensor input, Tensor output) =>
        MaxPool2x2.Reference(Data(input), input.Shape, Data(output));

    private protected override void UpsampleCore(Tensor input, Tensor output) =>
        Upsample2x.Reference(Data(input), input.Shape, Data(output));

    private protected override void AddCore(Tensor first, Tensor second, Tensor output) =>
        Addition.Reference(Data(first), Data(second), Data(output));

    private protected override void AddWeightedCore(Tensor features, Tensor weights, Tensor output, bool accumulate) =>
        WeightedAddition.Reference(Data(features), Data(weights), Data(output), accumulate);

    private protected override void KeepLargestCore(Tensor scores, int first, Tensor best) =>
        LargestScores.Reference(Data(scores), first, Data(best));

    private protected override void GatherPatchesCore(Tensor values, Tensor best, Tensor output) =>
        PatchMeans.Reference(Data(values), values.Shape, Data(best), Data(output), output.Shape);

    private protected override bool TryInverseRootCore(
        ReadOnlySpan<double> matrix, ReadOnlySpan<double> left, int channels, double threshold, Span<double> product) =>
        InverseRoot.Reference(matrix, left, channels, threshold, product);

    private protected override void MomentsCore(Tensor features, Region region, Span<double> mean, Span<double> covariance)
    {
        TensorShape shape = new(features.Shape.Channels, region.Height, region.Width);
        float[] part = new float[shape.Length];
        RegionCopy.Reference(Data(features), features.Shape, region, part, shape, 0, 0);
        Covariance.Reference(part, shape, mean, covariance);
    }

    private protected override double WeightedMomentsCore(
        Tensor features, Region region, Tensor weights, Span<double> mean, Span<double> scatter)
    {
        TensorShape shape = new(features.Shape.Channels, region.Height, region.Width);
        float[] part = new float[shape.Length];
        RegionCopy.Reference(Data(features), features.Shape, region, part, shape, 0, 0);
        return Covariance.WeightedReference(part, shape, Data(weights), mean, scatter);
    }

    private protected override void AffineCore(
        Tensor features, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset, Tensor output) =>
        AffineMap.Reference(Data(features), features.Shape, matrix, center, offset, Data(output));

    private static float[] Data(Tensor tensor) => ((ReferenceTensor)tensor).Data;
}
