namespace Wct.Kernels;

// Inner products, for losses of Gram matrices and for optimizers of whole pictures.
public abstract partial class TrainingBackend
{
    /// <summary>Computes the Gram matrix F·Fᵀ of a feature map: the sums, over all pixels, of the products of two channels.</summary>
    /// <param name="features">F: [C, H, W].</param>
    /// <param name="gram">[C, C], symmetric, overwritten. It isn't divided by the number of pixels.</param>
    /// <exception cref="ArgumentException">The length isn't C².</exception>
    /// <remarks>Gatys et al. 2015, equation 3. Unlike <see cref="Backend.Moments(Tensor, Span{double}, Span{double})"/>, the features
    /// aren't centered, and the products of a few thousand pixels are summed in single precision, which takes half the time. The sums of
    /// these groups are added in double precision, in a fixed order.</remarks>
    public void Gram(Tensor features, Span<double> gram)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckLength(nameof(gram), gram.Length, (long)features.Shape.Channels * features.Shape.Channels);
        GramCore(features, gram);
    }

    /// <summary>Computes the inner product Σ first·second over all elements, in double precision.</summary>
    /// <param name="first">[C, H, W].</param>
    /// <param name="second">[C, H, W]; may be the first one.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public double Dot(Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        CheckShape(nameof(second), second.Shape, first.Shape);
        return DotCore(first, second);
    }

    private protected abstract void GramCore(Tensor features, Span<double> gram);

    private protected abstract double DotCore(Tensor first, Tensor second);
}
