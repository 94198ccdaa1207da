using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>Squared distance between Gram matrices of features. It compares textures.</summary>
/// <remarks>
/// <para>With the targets of a training task: Σ over taps of ‖G(d) - G(x)‖², with G = F·Fᵀ / (C·h·w). The style loss of Gatys et al. 2015,
/// equation 3, with the normalization of Johnson et al. 2016, equations 3 and 4.</para>
/// <para>With styles of its own: the mean over taps of ‖G(d) - G(s)‖² / (4·C²), with G = F·Fᵀ / (h·w). That is the loss of Gatys et al.
/// 2015, equations 3 to 5, per pixel, so that sizes may differ.</para>
/// <para>Outputs and targets may differ in height and width. ‖·‖ is the Frobenius norm.</para>
/// </remarks>
public sealed partial class GramLoss : IPreparedLossTerm
{
    private readonly double[] _tapWeights;

    /// <summary>Compares Gram matrices at some taps.</summary>
    /// <param name="taps">At least one; see <see cref="LossTap.Level"/>.</param>
    /// <param name="name">The name in logs, for tasks with several Gram losses.</param>
    /// <exception cref="ArgumentException">There is no tap.</exception>
    public GramLoss(IReadOnlyList<string> taps, string name = "gram") =>
        (Taps, Name, _tapWeights, _styles) = (FeatureLoss.Checked(taps), name, [], []);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; }

    /// <inheritdoc/>
    public string Description => _styles.Length == 0 ? FeatureLoss.Describe(this) : DescribeStyles();

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        double loss = 0;
        for (int i = 0; i < Taps.Count; i++)
            loss += _styles.Length == 0 ? Evaluate(context, Taps[i], weight) : EvaluateStyles(context, i, weight);
        return loss;
    }

    /// <summary>Computes the Gram matrix F·Fᵀ / (C·h·w).</summary>
    /// <param name="backend">The backend of the features.</param>
    /// <param name="features">F: [C, h, w].</param>
    /// <returns>[C, C].</returns>
    internal static double[] Gram(Backend backend, Tensor features)
    {
        int channels = features.Shape.Channels, pixels = features.Shape.Pixels;
        double[] mean = new double[channels], gram = new double[channels * channels];
        backend.Moments(features, mean, gram);
        for (int i = 0; i < gram.Length; i++)
        {
            // Computes Σ x·xᵀ from the covariance, which is centered and divided by N - 1.
            double sum = gram[i] * Math.Max(1, pixels - 1) + mean[i / channels] * mean[i % channels] * pixels;
            gram[i] = sum / features.Shape.Length;
        }

        return gram;
    }

    // The gradient with respect to F is 4 / (C·h·w) · (G - G')·F, where G' is the target's Gram matrix. It is a linear map of the features.
    private static double Evaluate(LossContext context, string tap, double weight)
    {
        Tensor features = context.Output(tap), target = context.Target(tap);
        int channels = features.Shape.Channels;
        if (target.Shape.Channels != channels)
            throw new ArgumentException(
                $"At '{tap}' the output has {channels} channels, the target {target.Shape.Channels}.", nameof(context));
        double[] difference = Gram(context.Backend, features), other = Gram(context.Backend, target), zero = new double[channels];
        double loss = 0, scale = 4 * weight / features.Shape.Length;
        for (int i = 0; i < difference.Length; i++)
        {
            difference[i] -= other[i];
            loss += weight * difference[i] * difference[i];
            difference[i] *= scale;
        }

        Tensor gradient = context.Backend.Allocate(features.Shape);
        context.Backend.Affine(features, difference, zero, zero, gradient);
        context.AddGradient(tap, gradient);
        return loss;
    }
}
