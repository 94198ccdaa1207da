namespace Wct.Net.Models;

/// <summary>The weights of an encoder from conv0 to conv{Deepest}_1. Several levels can share one encoder, each with its own tap.</summary>
public sealed class EncoderWeights
{
    private readonly ConvolutionWeights[] _convolutions;

    /// <summary>Checks an encoder's weights.</summary>
    /// <param name="deepest">The level of its last tap, in 1..5.</param>
    /// <param name="convolutions">conv0, conv1_1 .. conv{deepest}_1, in order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="convolutions"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    /// <exception cref="ArgumentException">A layer is null, missing or out of place, a kernel size or channel count doesn't match, the
    /// input doesn't have 3 channels, or conv0 folded into conv1_1 overflows single precision.</exception>
    public EncoderWeights(int deepest, IEnumerable<ConvolutionWeights> convolutions)
    {
        ArgumentNullException.ThrowIfNull(convolutions);
        _convolutions = [.. convolutions];
        Deepest = deepest;
        ConvolutionChain.Check($"encoder of level {deepest}", _convolutions, Vgg19.EncoderConvolutions(deepest));
        if (_convolutions[0].InChannels != 3)
            throw new ArgumentException(
                $"encoder of level {deepest}: {_convolutions[0].Name} takes {_convolutions[0].InChannels} channels, an image has 3.");
        // Folding is checked here, where the error message can name the file, and not when a picture is stylized.
        _ = FoldedInput.Fold(_convolutions[0], _convolutions[1]);
    }

    /// <summary>The level of its last tap.</summary>
    public int Deepest { get; }

    /// <summary>conv0, conv1_1 .. conv{Deepest}_1, in order.</summary>
    public IReadOnlyList<ConvolutionWeights> Convolutions => _convolutions;

    /// <summary>Number of weights, including biases.</summary>
    public long Parameters => _convolutions.Sum(convolution => convolution.Parameters);

    /// <summary>Channels of the features at relu{level}_1.</summary>
    /// <param name="level">Level in 1..Deepest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..Deepest.</exception>
    public int TapChannels(int level)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, Deepest);
        string tap = Vgg19.Tap(level);
        return Array.Find(_convolutions, convolution => convolution.Name == tap)!.OutChannels;
    }

    /// <summary>The encoder without the layers after relu{level}_1; the same instance if there are none. The weights are shared.</summary>
    /// <param name="level">Level in 1..Deepest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..Deepest.</exception>
    public EncoderWeights UpTo(int level)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, Deepest);
        return level == Deepest ? this : new EncoderWeights(level, _convolutions.Take(Vgg19.EncoderConvolutions(level).Length));
    }

    /// <summary>Whether this encoder is, bit for bit, the beginning of <paramref name="deeper"/>.</summary>
    /// <param name="deeper">An encoder; if it is less deep, the result is false.</param>
    /// <exception cref="ArgumentNullException"><paramref name="deeper"/> is null.</exception>
    public bool IsPrefixOf(EncoderWeights deeper)
    {
        ArgumentNullException.ThrowIfNull(deeper);
        return Deepest <= deeper.Deepest && _convolutions.Zip(deeper._convolutions).All(pair => pair.First.SameBits(pair.Second));
    }
}
