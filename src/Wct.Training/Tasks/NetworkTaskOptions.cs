using Wct.Net.Models;

namespace Wct.Training.Tasks;

/// <summary>Options that all trainings of feed-forward networks have.</summary>
public abstract record NetworkTaskOptions
{
    private protected NetworkTaskOptions()
    {
    }

    /// <summary>What the trained network makes.</summary>
    internal abstract StyleNetworkKind Kind { get; }

    /// <summary>The network whose features the losses compare, such as a VGG-19; null for the built-in encoder.</summary>
    public EncoderWeights? LossNetwork { get; init; }

    /// <summary>The pooling of the loss network.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Average;

    /// <summary>The weight of the total variation, at least 0.</summary>
    public double VariationWeight { get; init; }

    /// <summary>Seed of random starting weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A network to train further; null for random weights.</summary>
    public StyleNetworkModel? Start { get; init; }

    /// <summary>Where the weights come from, for the network's file.</summary>
    public string? Origin { get; init; }

    /// <summary>The license of the weights, for the network's file.</summary>
    public string? License { get; init; }

    /// <summary>Whether files have the convolutions' weights in half precision.</summary>
    public bool Half { get; init; }
}
