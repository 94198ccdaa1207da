namespace Wct.Kernels;

/// <summary>A backend that can also train: it adds gradients, sums for losses and optimizer steps to the inference operations.</summary>
/// <remarks>
/// <see cref="Reference.ReferenceBackend"/> and <see cref="Cpu.CpuBackend"/> derive from it; GPU backends only run inference. As with
/// <see cref="Backend"/>, other assemblies can use this class but can't derive from it.
/// </remarks>
public abstract partial class TrainingBackend : Backend
{
    private protected TrainingBackend()
    {
    }

    /// <summary>Replaces a convolution's weights in place. No other thread may use the convolution during the call.</summary>
    /// <param name="convolution">Made by <see cref="Backend.PackConvolution"/> of this backend.</param>
    /// <param name="weights">[OutChannels, InChannels, KernelSize, KernelSize].</param>
    /// <param name="bias">[OutChannels].</param>
    /// <exception cref="ArgumentException">A length does not match the shape.</exception>
    /// <remarks>Afterwards the convolution has the same bits as a new one from <see cref="Backend.PackConvolution"/>.</remarks>
    public void UpdateWeights(Convolution convolution, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        CheckLength(nameof(weights), weights.Length, convolution.Shape.WeightsLength);
        CheckLength(nameof(bias), bias.Length, convolution.Shape.OutChannels);
        UpdateWeightsCore(convolution, weights, bias);
    }

    /// <summary>Packs a convolution's weights for <see cref="ConvolveInputGradient"/>: kernels flipped, input and output channels
    /// exchanged.</summary>
    /// <param name="shape">Shape of the forward convolution.</param>
    /// <param name="weights">Weights of the forward convolution: [OutChannels, InChannels, KernelSize, KernelSize].</param>
    /// <returns>A convolution from OutChannels to InChannels. Its shape is that of the forward convolution with the channels
    /// exchanged.</returns>
    /// <exception cref="ArgumentException">The length does not match the shape, or the shape's properties don't fit together.</exception>
    public Convolution PackTransposed(ConvolutionShape shape, ReadOnlySpan<float> weights)
    {
        shape.Check();
        CheckLength(nameof(weights), weights.Length, shape.WeightsLength);
        Convolution packed = PackTransposedCore(shape, weights);
        packed.IsInputGradient = true;
        return packed;
    }

    /// <summary>Replaces the weights of a convolution from <see cref="PackTransposed"/> in place, as <see cref="UpdateWeights"/>
    /// does.</summary>
    /// <param name="transposed">No other thread may use it during the call.</param>
    /// <param name="weights">Weights of the forward convolution: [OutChannels, InChannels, KernelSize, KernelSize].</param>
    /// <exception cref="ArgumentException">The length does not match the shape.</exception>
    public void UpdateTransposedWeights(Convolution transposed, ReadOnlySpan<float> weights)
    {
        ArgumentNullException.ThrowIfNull(transposed);
        CheckLength(nameof(weights), weights.Length, transposed.Shape.WeightsLength);
        UpdateTransposedWeightsCore(transposed, weights);
    }

    /// <summary>Computes the gradient with respect to a convolution's input.</summary>
    /// <param name="outputGradient">[OutChannels, H', W'] of the forward convolution, before its activation.</param>
    /// <param name="transposed">Made by <see cref="PackTransposed"/> of this backend.</param>
    /// <param name="inputGradient">[InChannels, H, W]; overwritten.</param>
    /// <exception cref="ArgumentException">A shape does not match, or the convolution is not from <see cref="PackTransposed"/>.</exception>
    /// <remarks>This is the full correlation with the transposed weights. The gradient of a pixel of the padding is added to the pixel that
    /// the padding read.</remarks>
    public void ConvolveInputGradient(Tensor outputGradient, Convolution transposed, Tensor inputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentNullException.ThrowIfNull(transposed);
        ArgumentNullException.ThrowIfNull(inputGradient);
        if (!transposed.IsInputGradient)
            throw new ArgumentException(
                $"The convolution {transposed.Shape} is not from {nameof(PackTransposed)}.", nameof(transposed));
        CheckShape(nameof(outputGradient), outputGradient.Shape, outputGradient.Shape.WithChannels(transposed.Shape.InChannels));
        if (transposed.Shape.Stride == 1)
            CheckShape(nameof(inputGradient), inputGradient.Shape, outputGradient.Shape.WithChannels(transposed.Shape.OutChannels));
        TensorShape input = inputGradient.Shape.WithChannels(transposed.Shape.OutChannels);
        CheckShape(nameof(inputGradient), inputGradient.Shape, input);
        CheckShape(nameof(outputGradient), outputGradient.Shape, transposed.Shape.Exchanged.OutputOf(input));
        ConvolveInputGradientCore(outputGradient, transposed, inputGradient);
    }

    /// <summary>Computes the gradients with respect to a convolution's weights and bias. They are added to the destinations, so a batch is
    /// one call per picture.</summary>
    /// <param name="input">[InChannels, H, W] of the forward convolution.</param>
    /// <param name="outputGradient">[OutChannels, H', W'], before the activation.</param>
    /// <param name="shape">Shape of the forward convolution.</param>
    /// <param name="weights">[OutChannels, InChannels, KernelSize, KernelSize]; the gradient is added.</param>
    /// <param name="bias">[OutChannels]; the gradient is added.</param>
    /// <exception cref="ArgumentException">A shape or a length does not match.</exception>
    public void ConvolveWeightGradient(Tensor input, Tensor outputGradient, ConvolutionShape shape, Span<float> weights, Span<float> bias)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        CheckShape(nameof(input), input.Shape, input.Shape.WithChannels(shape.InChannels));
        CheckShape(nameof(outputGradient), outputGradient.Shape, shape.OutputOf(input.Shape));
        CheckLength(nameof(weights), weights.Length, shape.WeightsLength);
        CheckLength(nameof(bias), bias.Length, shape.OutChannels);
        ConvolveWeightGradientCore(input, outputGradient, shape, weights, bias);
    }

    /// <summary>Computes the gradient of a ReLU in place: it is zero if the ReLU's output is not above zero.</summary>
    /// <param name="output">[C, H, W], the output of the ReLU.</param>
    /// <param name="gradient">[C, H, W]. In: the gradient with respect to the output. Out: the gradient with respect to the input.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void ReluGradient(Tensor output, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(gradient);
        CheckShape(nameof(gradient), gradient.Shape, output.Shape);
        ReluGradientCore(output, gradient);
    }

    /// <summary>Computes the gradient of a 2x2 max pool: the first maximum of each window, in row order, receives it. Dropped rows and
    /// columns receive zero.</summary>
    /// <param name="input">[C, H, W], the input of the pool.</param>
    /// <param name="outputGradient">[C, max(1, H/2), max(1, W/2)].</param>
    /// <param name="inputGradient">[C, H, W]; overwritten.</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    public void MaxPoolGradient(Tensor input, Tensor outputGradient, Tensor inputGradient)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentNullException.ThrowIfNull(inputGradient);
        CheckShape(nameof(outputGradient), outputGradient.Shape, input.Shape.Pooled);
        CheckShape(nameof(inputGradient), inputGradient.Shape, input.Shape);
        MaxPoolGradientCore(input, outputGradient, inputGradient);
    }

    /// <summary>Computes the gradient of a nearest-neighbor upsampling by two: the sum of each 2x2 window.</summary>
    /// <param name="outputGradient">[C, 2H, 2W].</param>
    /// <param name="inputGradient">[C, H, W]; overwritten.</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    public void UpsampleGradient(Tensor outputGradient, Tensor inputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentNullException.ThrowIfNull(inputGradient);
        CheckShape(nameof(outputGradient), outputGradient.Shape, inputGradient.Shape.Upsampled);
        UpsampleGradientCore(outputGradient, inputGradient);
    }

    private protected abstract void UpdateWeightsCore(Convolution convolution, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias);

    private protected abstract Convolution PackTransposedCore(ConvolutionShape shape, ReadOnlySpan<float> weights);

    private protected abstract void UpdateTransposedWeightsCore(Convolution transposed, ReadOnlySpan<float> weights);

    private protected abstract void ConvolveInputGradientCore(Tensor outputGradient, Convolution transposed, Tensor inputGradient);

    private protected abstract void ConvolveWeightGradientCore(
        Tensor input, Tensor outputGradient, ConvolutionShape shape, Span<float> weights, Span<float> bias);

    private protected abstract void ReluGradientCore(Tensor output, Tensor gradient);

    private protected abstract void MaxPoolGradientCore(Tensor input, Tensor outputGradient, Tensor inputGradient);

    private protected abstract void UpsampleGradientCore(Tensor outputGradient, Tensor inputGradient);
}
