namespace Wct.Net.Models;

/// <summary>The networks of one level of the cascade: an encoder that reaches it, and a decoder.</summary>
public sealed record LevelModel
{
    /// <summary>Pairs an encoder and a decoder.</summary>
    /// <param name="level">The level, in 1..5.</param>
    /// <param name="encoder">Reaches at least relu{level}_1; levels that share an encoder have the same instance.</param>
    /// <param name="decoder">Takes relu{level}_1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="encoder"/> or <paramref name="decoder"/> is null.</exception>
    /// <exception cref="ArgumentException">The encoder ends before the level, the decoder is for another level, or channel counts
    /// differ.</exception>
    public LevelModel(int level, EncoderWeights encoder, DecoderWeights decoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        if (encoder.Deepest < level)
            throw new ArgumentException($"level {level}: the encoder ends at level {encoder.Deepest}.");
        if (decoder.Level != level)
            throw new ArgumentException($"level {level}: the decoder is for level {decoder.Level}.");
        if (decoder.InChannels != encoder.TapChannels(level))
            throw new ArgumentException(
                $"level {level}: the decoder takes {decoder.InChannels} channels, the encoder gives {encoder.TapChannels(level)}.");
        (Level, Encoder, Decoder) = (level, encoder, decoder);
    }

    /// <summary>The level, in 1..5.</summary>
    public int Level { get; }

    /// <summary>Reaches at least relu{Level}_1; levels that share an encoder have the same instance.</summary>
    public EncoderWeights Encoder { get; }

    /// <summary>Takes relu{Level}_1.</summary>
    public DecoderWeights Decoder { get; }
}
