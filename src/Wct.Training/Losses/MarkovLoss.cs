using Wct.Kernels;
using Wct.Net.Transforms;

namespace Wct.Training.Losses;

/// <summary>Squared distance of 3x3 patches of features from the most similar patches of a style: a Markov random field. It keeps the
/// style's local detail, where Gram matrices only keep its statistics.</summary>
/// <remarks>Li and Wand 2016, equation 2: at each tap Σ |p - q|², divided by the number of elements of all patches; the mean over taps. p
/// are the patches inside the map with stride 1, and q is the style's patch with the largest normalized cross-correlation. Patches are
/// matched anew every few steps; in between, the matches are fixed.</remarks>
public sealed class MarkovLoss : IPreparedLossTerm
{
    private readonly PixelImage _style;
    private readonly double[] _tapWeights;
    private readonly int _matchEvery;

    /// <summary>Compares with the patches of a style.</summary>
    /// <param name="style">The style. Its bytes must not change while a run uses it.</param>
    /// <param name="taps">Taps and their weights; null for relu3_1 and relu4_1 with equal weights. The maps of both pictures must have
    /// sides of at least 3 there.</param>
    /// <param name="weight">The weight in lists that give no weights.</param>
    /// <param name="matchEvery">The number of steps from one matching of patches to the next, at least 1.</param>
    /// <param name="name">The name in logs, for lists with several losses of this kind.</param>
    /// <exception cref="ArgumentException">There is no tap, a tap is there twice, or their weights are negative, not finite or all
    /// 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is below 1.</exception>
    public MarkovLoss(
        PixelImage style, IReadOnlyList<TapWeight>? taps = null, double weight = 1, int matchEvery = 10, string name = "patches")
    {
        ArgumentNullException.ThrowIfNull(style);
        ArgumentOutOfRangeException.ThrowIfLessThan(matchEvery, 1);
        (Taps, _tapWeights) = TapWeight.Checked(taps ?? [new TapWeight(LossTap.Level(3)), new TapWeight(LossTap.Level(4))]);
        (_style, Weight, _matchEvery, Name) = (style, weight, matchEvery, name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; }

    /// <inheritdoc/>
    public double Weight { get; }

    /// <inheritdoc/>
    public string Description =>
        $"{Name} at {TapWeight.Describe(Taps, _tapWeights)} of {Fingerprint.Of(_style)} matched every {_matchEvery}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A map is smaller than a patch.</exception>
    public IDisposable Prepare(LossPreparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        MarkovTargets targets = new(preparation.Backend, Name, _matchEvery);
        try
        {
            preparation.Style(_style, Taps, (tap, features) =>
            {
                Check(tap, "style", features.Shape);
                TensorShape shape = preparation.ShapeAt(tap);
                Check(tap, "picture", shape);
                float[] values = new float[features.Shape.Length];
                preparation.Backend.Read(features, values);
                StyleFeatures patches = new(features.Shape.Channels, features.Shape.Height, features.Shape.Width, values, []);
                targets.Add(tap, new PatchSearch(patches, contentKeys: null, styleKeys: null, output: null), shape);
            });
            return targets;
        }
        catch
        {
            targets.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        MarkovTargets targets = context.Prepared<MarkovTargets>(this);
        double loss = 0;
        for (int i = 0; i < Taps.Count; i++)
        {
            loss += targets[Taps[i]].Evaluate(context.Output(Taps[i]), weight * _tapWeights[i], out Tensor gradient);
            context.AddGradient(Taps[i], gradient);
        }

        return loss;
    }

    private static void Check(string tap, string what, TensorShape shape)
    {
        if (Math.Min(shape.Height, shape.Width) < PatchSearch.Side)
            throw new ArgumentException(
                $"The {what} has {shape.Width}x{shape.Height} features at {tap}, patches need {PatchSearch.Side}x{PatchSearch.Side}; a "
                    + "larger picture or a shallower tap has more.");
    }
}
