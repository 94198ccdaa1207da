namespace Wct.Net.Models;

/// <summary>The weights of a decoder from relu{Level}_1 to an RGB image.</summary>
public sealed class DecoderWeights
{
    private readonly ConvolutionWeights[] _convolutions;

    /// <summary>Checks a decoder's weights.</summary>
    /// <param name="level">The level whose features it takes, in 1..5.</param>
    /// <param name="convolutions">conv{level}_1 .. conv1_1, in order.</param>
    /// <param name="lastRelu">Whether a ReLU also follows the last convolution.</param>
    /// <exception cref="ArgumentNullException"><paramref name="convolutions"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    /// <exception cref="ArgumentException">A layer is null, missing or out of place, a kernel size or channel count doesn't match, or the
    /// output doesn't have 3 channels.</exception>
    public DecoderWeights(int level, IEnumerable<ConvolutionWeights> convolutions, bool lastRelu)
    {
        ArgumentNullException.ThrowIfNull(convolutions);
        _convolutions = [.. convolutions];
        (Level, LastRelu) = (level, lastRelu);
        ConvolutionChain.Check($"decoder of level {level}", _convolutions, Vgg19.DecoderConvolutions(level));
        if (_convolutions[^1].OutChannels != 3)
            throw new ArgumentException(
                $"decoder of level {level}: {_convolutions[^1].Name} gives {_convolutions[^1].OutChannels} channels, an image has 3.");
    }

    /// <summary>The level whose features it takes.</summary>
    public int Level { get; }

    /// <summary>Whether a ReLU also follows the last convolution.</summary>
    public bool LastRelu { get; }

    /// <summary>conv{Level}_1 .. conv1_1, in order.</summary>
    public IReadOnlyList<ConvolutionWeights> Convolutions => _convolutions;

    /// <summary>Channels of the features it takes.</summary>
    public int InChannels => _convolutions[0].InChannels;

    /// <summary>Number of weights, including biases.</summary>
    public long Parameters => _convolutions.Sum(convolution => convolution.Parameters);
}
