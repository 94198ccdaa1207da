using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>Squared distance of features from those of a given picture: ½·mean((Φ(d) - Φ(x))²) at one tap.</summary>
/// <remarks>Gatys et al. 2016, equation 1, divided by the number of elements, so that a weight has the same effect at any size. With a
/// start from noise and without a style, it inverts features (Mahendran and Vedaldi 2015).</remarks>
public sealed class ContentLoss : IPreparedLossTerm
{
    private readonly PixelImage _content;

    /// <summary>Compares with a picture's features.</summary>
    /// <param name="content">The picture. It is resized to the optimized picture's size. Its bytes must not change while a run uses
    /// it.</param>
    /// <param name="tap">See <see cref="LossTap.Level"/>.</param>
    /// <param name="weight">The weight in lists that give no weights.</param>
    /// <param name="name">The name in logs, for lists with several content losses.</param>
    public ContentLoss(PixelImage content, string tap = "relu4_1", double weight = 1, string name = "content")
    {
        ArgumentNullException.ThrowIfNull(content);
        (_content, Taps, Weight, Name) = (content, FeatureLoss.Checked([tap]), weight, name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; }

    /// <inheritdoc/>
    public double Weight { get; }

    /// <inheritdoc/>
    public string Description => $"{FeatureLoss.Describe(this)} of {Fingerprint.Of(_content)}";

    /// <inheritdoc/>
    public IDisposable Prepare(LossPreparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        Tensor? target = null;
        preparation.Content(_content, Taps, (_, features) => target = preparation.Backend.CopyOf(features));
        return target!;
    }

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        double loss = MeanSquaredError.Of(
            context.Backend, context.Output(Taps[0]), context.Prepared<Tensor>(this), weight / 2, out Tensor gradient);
        context.AddGradient(Taps[0], gradient);
        return loss;
    }
}
