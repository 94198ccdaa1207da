namespace Wct.Kernels;

// Gradients of the layers of Backend.Layers.cs. That of Concatenate is Slice, and that of Normalize with constants is Normalize.
public abstract partial class TrainingBackend
{
    /// <summary>Computes the gradient of an activation function in place, from the function's output.</summary>
    /// <param name="output">[C, H, W], the function's output.</param>
    /// <param name="activation">The function. At the kinks of <see cref="Activation.Relu"/>, <see cref="Activation.Clamp"/> and leaky ReLUs
    /// the derivative is the one of the flat or flatter side.</param>
    /// <param name="gradient">[C, H, W]. In: the gradient with respect to the output. Out: the gradient with respect to the input.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void ActivateGradient(Tensor output, Activation activation, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(gradient);
        CheckShape(nameof(gradient), gradient.Shape, output.Shape);
        ActivateGradientCore(output, activation, gradient);
    }

    /// <summary>Computes the gradient of a 2x2 average pool: each pixel of a window receives an equal part. Dropped rows and columns
    /// receive zero.</summary>
    /// <param name="outputGradient">[C, max(1, H/2), max(1, W/2)].</param>
    /// <param name="inputGradient">[C, H, W]; overwritten.</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    public void AveragePoolGradient(Tensor outputGradient, Tensor inputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentNullException.ThrowIfNull(inputGradient);
        CheckShape(nameof(outputGradient), outputGradient.Shape, inputGradient.Shape.Pooled);
        AveragePoolGradientCore(outputGradient, inputGradient);
    }

    /// <summary>Computes the gradients of instance normalization, y = scale·(x - mean)/√(variance + ε) + shift, where mean and variance are
    /// those of each channel of x. Sums are in double precision.</summary>
    /// <param name="input">x: [C, H, W].</param>
    /// <param name="mean">[C], from <see cref="Backend.ChannelMoments(Tensor, Span{double}, Span{double})"/> of the input.</param>
    /// <param name="variance">[C], from the same call.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="scale">[C].</param>
    /// <param name="outputGradient">[C, H, W].</param>
    /// <param name="inputGradient">[C, H, W]; overwritten. May be the output's gradient.</param>
    /// <param name="scaleGradient">[C]; the gradient is added, as for <see cref="ConvolveWeightGradient"/>.</param>
    /// <param name="shiftGradient">[C]; the gradient is added.</param>
    /// <exception cref="ArgumentException">A length or a shape does not match, or ε is not above 0.</exception>
    public void InstanceNormalizationGradient(
        Tensor input, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double epsilon, ReadOnlySpan<float> scale,
        Tensor outputGradient, Tensor inputGradient, Span<float> scaleGradient, Span<float> shiftGradient)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentNullException.ThrowIfNull(inputGradient);
        int channels = input.Shape.Channels;
        CheckLength(nameof(mean), mean.Length, channels);
        CheckLength(nameof(variance), variance.Length, channels);
        CheckLength(nameof(scale), scale.Length, channels);
        CheckLength(nameof(scaleGradient), scaleGradient.Length, channels);
        CheckLength(nameof(shiftGradient), shiftGradient.Length, channels);
        CheckShape(nameof(outputGradient), outputGradient.Shape, input.Shape);
        CheckShape(nameof(inputGradient), inputGradient.Shape, input.Shape);
        if (!(epsilon > 0))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The epsilon of a normalization is above 0.");
        InstanceNormalizationGradientCore(
            input, mean, variance, epsilon, scale, outputGradient, inputGradient, scaleGradient, shiftGradient);
    }

    private protected abstract void ActivateGradientCore(Tensor output, Activation activation, Tensor gradient);

    private protected abstract void AveragePoolGradientCore(Tensor outputGradient, Tensor inputGradient);

    private protected abstract void InstanceNormalizationGradientCore(
        Tensor input, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double epsilon, ReadOnlySpan<float> scale,
        Tensor outputGradient, Tensor inputGradient, Span<float> scaleGradient, Span<float> shiftGradient);
}
