namespace Wct.Kernels;

// The part that each backend implements. The public methods have already checked the arguments.
public abstract partial class Backend
{
    private protected abstract Convolution PackConvolutionCore(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias);

    private protected abstract void WriteCore(ReadOnlySpan<float> source, Tensor destination);

    private protected abstract void ReadCore(Tensor source, Span<float> destination);

    private protected abstract void LoadPixelsCore(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, ChannelOffsets layout, Tensor image);

    private protected abstract void StorePixelsCore(
        Tensor image, Span<byte> pixels, int width, int height, int stride, ChannelOffsets layout);

    // The activation is none or a clamp to a range.
    private protected abstract void ConvolveCore(
        Tensor input, Convolution convolution, Activation activation, Fusion fusion, Tensor output);

    private protected abstract void MaxPoolCore(Tensor input, Tensor output);

    private protected abstract void UpsampleCore(Tensor input, Tensor output);

    private protected abstract void AddCore(Tensor first, Tensor second, Tensor output);

    private protected abstract void AddWeightedCore(Tensor features, Tensor weights, Tensor output, bool accumulate);

    private protected virtual void MixAffineCore(
        Tensor features, IReadOnlyList<Convolution> maps, IReadOnlyList<Tensor> weights, Tensor output)
    {
        AddWeightedCore(features, weights[0], output, accumulate: false);
        if (maps.Count == 0)
            return;
        using Tensor mapped = Allocate(features.Shape);
        for (int i = 0; i < maps.Count; i++)
        {
            ConvolveCore(features, maps[i], Activation.None, Fusion.None, mapped);
            AddWeightedCore(mapped, weights[i + 1], output, accumulate: true);
        }
    }

    private protected abstract void AffineCore(
        Tensor features, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset, Tensor output);

    private protected static void CheckLength(string name, long length, long needed)
    {
        if (length != needed)
            throw new ArgumentException($"'{name}' has {length} elements, the shape needs {needed}.", name);
    }

    private protected static void CheckShape(string name, TensorShape shape, TensorShape needed)
    {
        if (shape != needed)
            throw new ArgumentException($"'{name}' is {shape}, the operation needs {needed}.", name);
    }

    private protected static void CheckPixels(long pixels, int width, int height, int stride, ChannelOffsets layout, Tensor image)
    {
        CheckShape(nameof(image), image.Shape, image.Shape.WithChannels(3));
        if (width < 1 || height < 1 || width > image.Shape.Width || height > image.Shape.Height)
            throw new ArgumentException(
                $"The picture is {width}x{height} pixels, the tensor has {image.Shape.Width}x{image.Shape.Height}.", nameof(width));
        long row = (long)width * layout.BytesPerPixel;
        if (stride < row)
            throw new ArgumentException($"'stride' is {stride} bytes, a row of {width} pixels needs {row}.", nameof(stride));
        long needed = (height - 1L) * stride + row;
        if (pixels < needed)
            throw new ArgumentException(
                $"'pixels' has {pixels} bytes, {width}x{height} pixels with stride {stride} need {needed}.", nameof(pixels));
    }
}
