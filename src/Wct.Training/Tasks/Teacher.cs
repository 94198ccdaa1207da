using Wct.Net.Models;

namespace Wct.Training.Tasks;

/// <summary>A network whose features an encoder learns to reproduce.</summary>
public sealed class Teacher
{
    /// <summary>Describes a teacher.</summary>
    /// <param name="encoder">The network.</param>
    /// <param name="levels">The levels whose taps are targets, in 1..5.</param>
    /// <param name="adapters">For each level, a 1x1 convolution that, followed by a ReLU, maps the network's features to the targets. If it
    /// is null or lacks a level, the features themselves are the targets.</param>
    public Teacher(EncoderWeights encoder, IReadOnlyList<int> levels, IReadOnlyDictionary<int, ConvolutionWeights>? adapters = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(levels);
        (Encoder, Levels, Adapters) = (encoder, [.. levels.Order()], adapters ?? new Dictionary<int, ConvolutionWeights>());
    }

    /// <summary>The network.</summary>
    public EncoderWeights Encoder { get; }

    /// <summary>The levels whose taps are targets, ascending.</summary>
    public IReadOnlyList<int> Levels { get; }

    /// <summary>For each level, the 1x1 convolution that, followed by a ReLU, maps the network's features to the targets.</summary>
    public IReadOnlyDictionary<int, ConvolutionWeights> Adapters { get; }

    /// <summary>The convolutions whose outputs are targets at the taps, with their numbers of channels.</summary>
    internal IEnumerable<(string Convolution, int Channels)> Taps => Levels.Select(level => (
        Vgg19.Tap(level), Adapters.TryGetValue(level, out ConvolutionWeights? adapter) ? adapter.OutChannels : Encoder.TapChannels(level)));

    /// <summary>The convolutions whose outputs are hints, with their numbers of channels: those between the taps, starting after the tap of
    /// the level below the first one.</summary>
    internal IEnumerable<(string Convolution, int Channels)> Hints()
    {
        string[] layers = Vgg19.EncoderConvolutions(Levels.Max()), taps = [.. Levels.Select(Vgg19.Tap)];
        int first = Levels.Min() == 1 ? 1 : Array.IndexOf(layers, Vgg19.Tap(Levels.Min() - 1)) + 1;
        return layers[first..].Except(taps)
            .Select(layer => (layer, Encoder.Convolutions.Single(convolution => convolution.Name == layer).OutChannels));
    }
}
