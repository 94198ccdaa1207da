using Wct.Net.Models;
using Wct.Training.Losses;

namespace Wct.Training.Tasks;

/// <summary>Options of a decoder's loss: ρ·mean((d - x)²) + λ·Σ mean((Φ(d) - Φ(x))²) + τ·variation(d), where d is the decoded picture. A
/// teacher T adds κ·mean((A(F) - T(x))²)/v, where F are the features that are decoded, A is a linear adapter, and v is the variance of
/// T(x). Further terms can be added.</summary>
/// <remarks>Li et al. 2017, equation 1, with λ = 1 and with means instead of norms, as in the authors' code. Training a small encoder
/// together with its decoder and a teacher follows Wang et al. 2020. With ρ = 0 and a small τ, this is the loss of an inverse network of
/// Chen and Schmidt 2016.</remarks>
public sealed record DecoderOptions
{
    /// <summary>ρ, the weight of the pixel loss; at least 0. At least one loss of the decoder needs a weight above 0.</summary>
    public double PixelWeight { get; init; } = 1;

    /// <summary>λ, the weight of the feature loss; at least 0.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>Φ, the encoder whose features are compared; null for the encoder that is decoded.</summary>
    /// <remarks>A loss network as in Johnson et al. 2016. A large network detects errors that a small encoder misses.</remarks>
    public EncoderWeights? LossNetwork { get; init; }

    /// <summary>Levels whose taps the feature loss compares, in 1..5. Null for the decoder's level, or for the loss network's deepest
    /// level if that is shallower.</summary>
    public IReadOnlyList<int>? FeatureLevels { get; init; }

    /// <summary>Whether the feature loss divides each tap's error by the variance of the tap's features.</summary>
    public bool Normalize { get; init; }

    /// <summary>τ, the weight of the total variation; at least 0.</summary>
    public double TotalVariationWeight { get; init; }

    /// <summary>Further loss terms. Their taps are <see cref="LossTap.Picture"/> or taps of the loss network; the targets are the input
    /// picture and its features.</summary>
    public IReadOnlyList<WeightedLoss> AdditionalLosses { get; init; } = [];

    /// <summary>The teacher. If set, the layers that this level adds to the encoder are trained with the decoder; null keeps the whole
    /// encoder fixed.</summary>
    public EncoderWeights? Teacher { get; init; }

    /// <summary>κ, the weight of the distillation loss; at least 0. The error is divided by the variance of the teacher's
    /// features.</summary>
    public double TeacherWeight { get; init; } = 0.01;

    /// <summary>Seed of random starting weights.</summary>
    public int Seed { get; init; } = 1;
}
