namespace Wct.Kernels;

// Layers of other networks than VGG: activations of their own, normalization, average pooling, concatenation.
public abstract partial class Backend
{
    /// <summary>Applies an activation function.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="activation">The function.</param>
    /// <param name="output">[C, H, W]; may be the input.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Activate(Tensor input, Activation activation, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(output), output.Shape, input.Shape);
        ActivateCore(input, activation, output);
    }

    /// <summary>Computes each channel's mean and variance over all pixels. Sums are in double precision.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C], divided by the number of pixels; 0 or more.</param>
    /// <exception cref="ArgumentException">A length does not match.</exception>
    public void ChannelMoments(Tensor features, Span<double> mean, Span<double> variance)
    {
        ArgumentNullException.ThrowIfNull(features);
        ChannelMoments(features, Region.Of(features.Shape), mean, variance);
    }

    /// <summary>Computes each channel's mean and variance over a region's pixels. Sums are in double precision.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="region">Region of the features; lies within them.</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C], divided by the number of pixels; 0 or more.</param>
    /// <exception cref="ArgumentException">A length does not match, or the region is outside of the features.</exception>
    /// <remarks>Values are centered before they are squared, so a large mean costs no digits of the variance.</remarks>
    public void ChannelMoments(Tensor features, Region region, Span<double> mean, Span<double> variance)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckLength(nameof(mean), mean.Length, features.Shape.Channels);
        CheckLength(nameof(variance), variance.Length, features.Shape.Channels);
        CheckRegion(nameof(region), region, features.Shape.Height, features.Shape.Width);
        ChannelMomentsCore(features, region, mean, variance);
    }

    /// <summary>Computes y = activation(factor·(x - center) + offset) with numbers per channel. Instance, batch and conditional instance
    /// normalization differ only in where these come from.</summary>
    /// <param name="input">x: [C, H, W].</param>
    /// <param name="center">[C]; subtracted first, so that a large mean costs no digits.</param>
    /// <param name="factor">[C].</param>
    /// <param name="offset">[C].</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="output">y: [C, H, W]; may be the input.</param>
    /// <exception cref="ArgumentException">A length or a shape does not match.</exception>
    /// <remarks>Instance normalization (Ulyanov et al. 2016): center is the mean of <see cref="ChannelMoments(Tensor, Span{double},
    /// Span{double})"/>, factor is scale/√(variance + ε), offset is the shift.</remarks>
    public void Normalize(
        Tensor input, ReadOnlySpan<double> center, ReadOnlySpan<double> factor, ReadOnlySpan<double> offset, Activation activation,
        Tensor output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        CheckLength(nameof(center), center.Length, input.Shape.Channels);
        CheckLength(nameof(factor), factor.Length, input.Shape.Channels);
        CheckLength(nameof(offset), offset.Length, input.Shape.Channels);
        CheckShape(nameof(output), output.Shape, input.Shape);
        NormalizeCore(input, center, factor, offset, activation, output);
    }

    /// <summary>2x2 average pooling with stride 2. A last odd row or column is dropped. A side of one pixel keeps its length; the mean is
    /// then over the pixels that exist.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="output">[C, max(1, H/2), max(1, W/2)].</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    public void AveragePool(Tensor input, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(output), output.Shape, input.Shape.Pooled);
        AveragePoolCore(input, output);
    }

    /// <summary>Concatenates tensors along their channels.</summary>
    /// <param name="inputs">At least one, [Ci, H, W].</param>
    /// <param name="output">[ΣCi, H, W].</param>
    /// <exception cref="ArgumentException">There is no input, or a shape does not match.</exception>
    public void Concatenate(IReadOnlyList<Tensor> inputs, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfZero(inputs.Count, nameof(inputs));
        int channels = 0;
        foreach (Tensor input in inputs)
        {
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
            CheckShape(nameof(inputs), input.Shape, output.Shape.WithChannels(input.Shape.Channels));
            channels = checked(channels + input.Shape.Channels);
        }

        CheckShape(nameof(output), output.Shape, output.Shape.WithChannels(channels));
        int first = 0;
        foreach (Tensor input in inputs)
        {
            CopyChannelsCore(input, 0, output, first, input.Shape.Channels);
            first += input.Shape.Channels;
        }
    }

    /// <summary>Copies neighboring channels of a tensor: the inverse of <see cref="Concatenate"/>, and its gradient.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="firstChannel">First channel to copy, 0 or more.</param>
    /// <param name="output">[count, H, W]; <paramref name="firstChannel"/> + count is at most C.</param>
    /// <exception cref="ArgumentException">The channels or the sides don't match.</exception>
    public void Slice(Tensor input, int firstChannel, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(output), output.Shape, input.Shape.WithChannels(output.Shape.Channels));
        if (firstChannel < 0 || firstChannel > input.Shape.Channels - output.Shape.Channels)
            throw new ArgumentException(
                $"{output.Shape.Channels} channels from {firstChannel} on are outside of {input.Shape}.", nameof(firstChannel));
        CopyChannelsCore(input, firstChannel, output, 0, output.Shape.Channels);
    }

    private protected abstract void ActivateCore(Tensor input, Activation activation, Tensor output);

    private protected abstract void ChannelMomentsCore(Tensor features, Region region, Span<double> mean, Span<double> variance);

    private protected abstract void NormalizeCore(
        Tensor input, ReadOnlySpan<double> center, ReadOnlySpan<double> factor, ReadOnlySpan<double> offset, Activation activation,
        Tensor output);

    private protected abstract void AveragePoolCore(Tensor input, Tensor output);

    // Copies some channels of one tensor to channels of another with the same sides. The others keep their values.
    private protected abstract void CopyChannelsCore(Tensor source, int first, Tensor destination, int firstDestination, int count);
}
