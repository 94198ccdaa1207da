namespace Wct.Kernels;

// Sums that loss terms consist of, each with its gradient, and optimizer steps.
public abstract partial class TrainingBackend
{
    /// <summary>Computes destination += factor·source.</summary>
    /// <param name="source">[C, H, W].</param>
    /// <param name="factor">Multiplies the source.</param>
    /// <param name="destination">[C, H, W]; not the source.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void AddScaled(Tensor source, float factor, Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        CheckShape(nameof(destination), destination.Shape, source.Shape);
        AddScaledCore(source, factor, destination);
    }

    /// <summary>Computes Σ(actual - target)² over all elements in double precision. The gradient receives factor·(actual -
    /// target).</summary>
    /// <param name="actual">[C, H, W].</param>
    /// <param name="target">[C, H, W].</param>
    /// <param name="factor">Multiplies the difference: 2·weight for a loss of weight·Σ(actual - target)².</param>
    /// <param name="gradient">[C, H, W], overwritten; null if only the sum is needed.</param>
    /// <returns>The sum, without the factor.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public double SquaredError(Tensor actual, Tensor target, float factor = 0, Tensor? gradient = null)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(target);
        CheckShape(nameof(target), target.Shape, actual.Shape);
        if (gradient is not null)
            CheckShape(nameof(gradient), gradient.Shape, actual.Shape);
        return SquaredErrorCore(actual, target, factor, gradient);
    }

    /// <summary>Computes the total variation in double precision: Σ(p[y+1, x] - p[y, x])² + Σ(p[y, x+1] - p[y, x])² over all pairs of
    /// neighbors within the picture.</summary>
    /// <param name="image">[C, H, W].</param>
    /// <param name="factor">Weight of the sum in the loss.</param>
    /// <param name="gradient">[C, H, W]; the gradient of factor·sum is added to it. Null if only the sum is needed.</param>
    /// <returns>The sum, without the factor.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <remarks>Mahendran and Vedaldi 2015, equation 4 with β = 2, as in Johnson et al. 2016.</remarks>
    public double TotalVariation(Tensor image, float factor = 0, Tensor? gradient = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (gradient is not null)
            CheckShape(nameof(gradient), gradient.Shape, image.Shape);
        return TotalVariationCore(image, factor, gradient);
    }

    /// <summary>Computes sum[i] = parts[0][i] + parts[1][i] + ..., added in this order.</summary>
    /// <param name="parts">At least one; each as long as the sum.</param>
    /// <param name="sum">Overwritten; overlaps none of the parts.</param>
    /// <exception cref="ArgumentException">There is no part, or a length differs.</exception>
    public void Sum(IReadOnlyList<float[]> parts, Memory<float> sum)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        foreach (float[] part in parts)
            CheckLength(nameof(parts), part.Length, sum.Length);
        SumCore(parts, sum);
    }

    /// <summary>Computes Σx² in double precision.</summary>
    /// <param name="values">x; may be empty.</param>
    /// <returns>The sum; 0 if there are no values.</returns>
    public double SumOfSquares(ReadOnlySpan<float> values) => SumOfSquaresCore(values);

    /// <summary>Runs one step of Adam.</summary>
    /// <param name="parameters">Updated in place, against the gradient.</param>
    /// <param name="gradients">One per parameter.</param>
    /// <param name="mean">Running mean of the gradients, one per parameter; zeros before the first step.</param>
    /// <param name="square">Running mean of the squared gradients, one per parameter; zeros before the first step.</param>
    /// <param name="step">Learning rate, decay rates and the step's number, from 1.</param>
    /// <exception cref="ArgumentException">A length differs, or the step's number is below 1.</exception>
    public void Adam(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> square, AdamStep step)
    {
        CheckLength(nameof(gradients), gradients.Length, parameters.Length);
        CheckLength(nameof(mean), mean.Length, parameters.Length);
        CheckLength(nameof(square), square.Length, parameters.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Number, 1);
        AdamCore(parameters, gradients, mean, square, step);
    }

    private protected abstract void AddScaledCore(Tensor source, float factor, Tensor destination);

    private protected abstract double SquaredErrorCore(Tensor actual, Tensor target, float factor, Tensor? gradient);

    private protected abstract double TotalVariationCore(Tensor image, float factor, Tensor? gradient);

    private protected abstract void SumCore(IReadOnlyList<float[]> parts, Memory<float> sum);

    private protected abstract double SumOfSquaresCore(ReadOnlySpan<float> values);

    private protected abstract void AdamCore(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> square, in AdamStep step);
}
