namespace Wct.Kernels;

// What training needs beside the forward operations: gradients of each, with respect to what a loss depends on.
public abstract partial class Backend
{
    /// <summary>Whether it has the operations of training: gradients, sums of losses, steps of an optimizer.</summary>
    /// <remarks>Where it hasn't, each of them throws <see cref="NotSupportedException"/>.</remarks>
    public virtual bool CanTrain => true;

    /// <summary>Gives a convolution other weights, in the memory that it has. It must not be in use meanwhile.</summary>
    /// <param name="convolution">From <see cref="Prepare"/> of this backend.</param>
    /// <param name="weights">[OutChannels, InChannels, KernelSize, KernelSize].</param>
    /// <param name="bias">[OutChannels].</param>
    /// <remarks>From then on it is, to the bit, what <see cref="Prepare"/> gives for these weights.</remarks>
    public void Replace(Convolution convolution, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        CheckLength(nameof(weights), weights.Length, convolution.Shape.WeightsLength);
        CheckLength(nameof(bias), bias.Length, convolution.Shape.OutChannels);
        ReplaceCore(convolution, weights, bias);
    }

    /// <summary>Packs a convolution's weights for <see cref="ConvolveInputGradient"/>: flipped, the channels' roles exchanged.</summary>
    /// <param name="shape">The forward convolution's.</param>
    /// <param name="weights">The forward convolution's: [OutChannels, InChannels, KernelSize, KernelSize].</param>
    /// <returns>A convolution from OutChannels to InChannels.</returns>
    public Convolution PrepareTransposed(ConvolutionShape shape, ReadOnlySpan<float> weights)
    {
        CheckLength(nameof(weights), weights.Length, shape.WeightsLength);
        return PrepareTransposedCore(shape, weights);
    }

    /// <summary>As <see cref="Replace"/>, for a convolution from <see cref="PrepareTransposed"/>.</summary>
    /// <param name="transposed">Not in use meanwhile.</param>
    /// <param name="weights">The forward convolution's: [OutChannels, InChannels, KernelSize, KernelSize].</param>
    public void ReplaceTransposed(Convolution transposed, ReadOnlySpan<float> weights)
    {
        CheckLength(nameof(weights), weights.Length, transposed.Shape.WeightsLength);
        ReplaceTransposedCore(transposed, weights);
    }

    /// <summary>Gradient with respect to a convolution's input: the full correlation with the flipped, transposed weights; what lies beyond
    /// the border is added where the reflection read it from.</summary>
    /// <param name="outputGradient">[OutChannels, H, W] of the forward convolution, before its activation.</param>
    /// <param name="transposed">From <see cref="PrepareTransposed"/> of this backend.</param>
    /// <param name="inputGradient">[InChannels, H, W].</param>
    public void ConvolveInputGradient(Tensor outputGradient, Convolution transposed, Tensor inputGradient)
    {
        CheckShape(nameof(outputGradient), outputGradient.Shape, outputGradient.Shape.WithChannels(transposed.Shape.InChannels));
        CheckShape(nameof(inputGradient), inputGradient.Shape, outputGradient.Shape.WithChannels(transposed.Shape.OutChannels));
        ConvolveInputGradientCore(outputGradient, transposed, inputGradient);
    }

    /// <summary>Adds the gradients with respect to a convolution's weights and bias to what is there: a batch is one call per picture.</summary>
    /// <param name="input">[InChannels, H, W] of the forward convolution.</param>
    /// <param name="outputGradient">[OutChannels, H, W], before the activation.</param>
    /// <param name="shape">The forward convolution's.</param>
    /// <param name="weights">[OutChannels, InChannels, KernelSize, KernelSize].</param>
    /// <param name="bias">[OutChannels].</param>
    public void ConvolveWeightGradient(Tensor input, Tensor outputGradient, ConvolutionShape shape, Span<float> weights, Span<float> bias)
    {
        CheckShape(nameof(input), input.Shape, input.Shape.WithChannels(shape.InChannels));
        CheckShape(nameof(outputGradient), outputGradient.Shape, input.Shape.WithChannels(shape.OutChannels));
        CheckLength(nameof(weights), weights.Length, shape.WeightsLength);
        CheckLength(nameof(bias), bias.Length, shape.OutChannels);
        ConvolveWeightGradientCore(input, outputGradient, shape, weights, bias);
    }

    /// <summary>Gradient before a ReLU: zero wherever the ReLU's output is not above zero.</summary>
    /// <param name="output">[C, H, W], the ReLU's.</param>
    /// <param name="gradient">[C, H, W]; with respect to the output, becomes that with respect to the input.</param>
    public void ReluGradient(Tensor output, Tensor gradient)
    {
        CheckShape(nameof(gradient), gradient.Shape, output.Shape);
        ReluGradientCore(output, gradient);
    }

    /// <summary>Gradient before a 2x2 max pool: all of it goes to the first maximum of each window, row by row; nothing to what was dropped.</summary>
    /// <param name="input">[C, H, W], the pool's.</param>
    /// <param name="outputGradient">[C, max(1, H/2), max(1, W/2)].</param>
    /// <param name="inputGradient">[C, H, W].</param>
    public void MaxPoolGradient(Tensor input, Tensor outputGradient, Tensor inputGradient)
    {
        CheckShape(nameof(outputGradient), outputGradient.Shape, input.Shape.Pooled);
        CheckShape(nameof(inputGradient), inputGradient.Shape, input.Shape);
        MaxPoolGradientCore(input, outputGradient, inputGradient);
    }

    /// <summary>Gradient before a nearest-neighbor enlargement by two: the sum of each four.</summary>
    /// <param name="outputGradient">[C, 2H, 2W].</param>
    /// <param name="inputGradient">[C, H, W].</param>
    public void UpsampleGradient(Tensor outputGradient, Tensor inputGradient)
    {
        CheckShape(nameof(outputGradient), outputGradient.Shape, inputGradient.Shape.Upsampled);
        UpsampleGradientCore(outputGradient, inputGradient);
    }

    private protected virtual void ReplaceCore(Convolution convolution, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) => throw NoTraining();

    private protected virtual Convolution PrepareTransposedCore(ConvolutionShape shape, ReadOnlySpan<float> weights) => throw NoTraining();

    private protected virtual void ReplaceTransposedCore(Convolution transposed, ReadOnlySpan<float> weights) => throw NoTraining();

    private protected virtual void ConvolveInputGradientCore(Tensor outputGradient, Convolution transposed, Tensor inputGradient) => throw NoTraining();

    private protected virtual void ConvolveWeightGradientCore(
        Tensor input, Tensor outputGradient, ConvolutionShape shape, Span<float> weights, Span<float> bias) => throw NoTraining();

    private protected virtual void ReluGradientCore(Tensor output, Tensor gradient) => throw NoTraining();

    private protected virtual void MaxPoolGradientCore(Tensor input, Tensor outputGradient, Tensor inputGradient) => throw NoTraining();

    private protected virtual void UpsampleGradientCore(Tensor outputGradient, Tensor inputGradient) => throw NoTraining();

    private NotSupportedException NoTraining() => new($"{Name} doesn't train; the CPU does.");
}
