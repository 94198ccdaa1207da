namespace Wct.Kernels;

// Sums that losses are made of, each with its gradient, and the steps of an optimizer.
public abstract partial class Backend
{
    /// <summary>destination += factor·source.</summary>
    /// <param name="source">[C, H, W].</param>
    /// <param name="destination">[C, H, W]; not the source.</param>
    public void AddScaled(Tensor source, float factor, Tensor destination)
    {
        CheckShape(nameof(destination), destination.Shape, source.Shape);
        AddScaledCore(source, factor, destination);
    }

    /// <summary>Σ(actual - target)² over all elements, summed in double; and, for the gradient, factor·(actual - target).</summary>
    /// <param name="actual">[C, H, W].</param>
    /// <param name="target">[C, H, W].</param>
    /// <param name="factor">What the difference is multiplied by: 2·weight for a loss of weight·Σ(actual - target)².</param>
    /// <param name="gradient">[C, H, W], overwritten; null where only the sum is wanted.</param>
    public double SquaredError(Tensor actual, Tensor target, float factor = 0, Tensor? gradient = null)
    {
        CheckShape(nameof(target), target.Shape, actual.Shape);
        if (gradient is not null)
            CheckShape(nameof(gradient), gradient.Shape, actual.Shape);
        return SquaredErrorCore(actual, target, factor, gradient);
    }

    /// <summary>Σ(x[y+1] - x[y])² + Σ(x[x+1] - x[x])² over all neighbors within the picture, summed in double; the gradient is added.</summary>
    /// <param name="image">[C, H, W].</param>
    /// <param name="factor">Weight of the sum in the loss.</param>
    /// <param name="gradient">[C, H, W]; receives, on top, the gradient of factor·sum; null where only the sum is wanted.</param>
    /// <remarks>Mahendran and Vedaldi 2015, equation 4 with β = 2, as Johnson et al. 2016 use it.</remarks>
    public double TotalVariation(Tensor image, float factor = 0, Tensor? gradient = null)
    {
        if (gradient is not null)
            CheckShape(nameof(gradient), gradient.Shape, image.Shape);
        return TotalVariationCore(image, factor, gradient);
    }

    /// <summary>sum[i] = parts[0][i] + parts[1][i] + ..., added in this order.</summary>
    /// <param name="parts">At least one; each as long as the sum.</param>
    /// <param name="sum">Overwritten; none of the parts.</param>
    public void Sum(IReadOnlyList<float[]> parts, float[] sum)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(sum);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        foreach (float[] part in parts)
            CheckLength(nameof(parts), part.Length, sum.Length);
        SumCore(parts, sum);
    }

    /// <summary>Σx², summed in double.</summary>
    /// <param name="values">Any number of them.</param>
    public double SumOfSquares(ReadOnlySpan<float> values) => SumOfSquaresCore(values);

    /// <summary>One step of Adam.</summary>
    /// <param name="parameters">Moved against the gradient.</param>
    /// <param name="gradients">As many.</param>
    /// <param name="mean">Running mean of the gradients, as many; zeros before the first step.</param>
    /// <param name="square">Running mean of their squares, as many; zeros before the first step.</param>
    /// <param name="step">Rates and the step's number.</param>
    public void Adam(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> square, AdamStep step)
    {
        CheckLength(nameof(gradients), gradients.Length, parameters.Length);
        CheckLength(nameof(mean), mean.Length, parameters.Length);
        CheckLength(nameof(square), square.Length, parameters.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Number, 1);
        AdamCore(parameters, gradients, mean, square, step);
    }

    private protected virtual void AddScaledCore(Tensor source, float factor, Tensor destination) => throw NoTraining();

    private protected virtual double SquaredErrorCore(Tensor actual, Tensor target, float factor, Tensor? gradient) => throw NoTraining();

    private protected virtual double TotalVariationCore(Tensor image, float factor, Tensor? gradient) => throw NoTraining();

    private protected virtual void SumCore(IReadOnlyList<float[]> parts, float[] sum) => throw NoTraining();

    private protected virtual double SumOfSquaresCore(ReadOnlySpan<float> values) => throw NoTraining();

    private protected virtual void AdamCore(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> square, in AdamStep step) => throw NoTraining();
}
