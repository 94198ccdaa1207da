using Wct.Net.Models;

namespace Wct.Training.Tasks;

/// <summary>The loss that a decoder is trained with: mean((d - x)²) + λ·Σ mean((Φ(d) - Φ(x))²) + τ·variation, d the decoded picture; with a
/// teacher T also κ·mean((A(F) - T(x))²)/v, F the features that are decoded and A a linear adapter.</summary>
/// <remarks>Li et al. 2017, equation 1, with means for norms as in the authors' code; λ is 1 there. A small encoder that is trained with its
/// decoder beside a teacher: after Wang et al. 2020.</remarks>
public sealed record DecoderOptions
{
    /// <summary>λ.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>The encoder whose features are compared, Φ; null for the one that is decoded.</summary>
    /// <remarks>A "loss network" (Johnson et al. 2016): what a small encoder overlooks in a decoded picture, a larger one sees.</remarks>
    public EncoderWeights? LossNetwork { get; init; }

    /// <summary>Levels whose taps are compared; null for the decoder's own, or the loss network's deepest where that is shallower.</summary>
    public IReadOnlyList<int>? FeatureLevels { get; init; }

    /// <summary>Whether each tap's error is divided by the variance of its features.</summary>
    public bool Normalize { get; init; }

    /// <summary>τ: weight of the total variation, the mean square of the differences between neighbors.</summary>
    public double TotalVariationWeight { get; init; }

    /// <summary>Teaches the layers that the level's encoder adds to the level's before, which are trained with the decoder then; null where the
    /// encoder stays as it is.</summary>
    public EncoderWeights? Teacher { get; init; }

    /// <summary>κ: weight of the teacher's features, whose error is divided by their variance.</summary>
    public double TeacherWeight { get; init; } = 0.01;

    /// <summary>Seed of the weights that it starts with.</summary>
    public int Seed { get; init; } = 1;
}
