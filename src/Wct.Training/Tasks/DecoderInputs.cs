using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Training.Losses;

namespace Wct.Training.Tasks;

/// <summary>Computes the features to decode and the targets of the losses from a picture.</summary>
/// <remarks>No gradients are computed for these passes, so pooling is fused as in stylizing. If the encoder is also the loss network, it
/// runs only once.</remarks>
internal sealed class DecoderInputs : IDisposable
{
    private readonly TrainingBackend _backend;
    private readonly Encoder? _encoder, _network;
    private readonly int[] _encoderLevels, _networkLevels;
    private readonly int _level;
    private readonly bool _shared;

    /// <summary>Prepares the networks.</summary>
    /// <param name="backend">The backend that runs them.</param>
    /// <param name="encoder">The encoder. Its features at <paramref name="level"/> are the features to decode.</param>
    /// <param name="level">The level of the features; 0 for the picture itself.</param>
    /// <param name="network">The loss network; null if it is the encoder.</param>
    /// <param name="targets">Levels of the loss network whose taps are targets, ascending.</param>
    internal DecoderInputs(TrainingBackend backend, EncoderWeights encoder, int level, EncoderWeights? network, int[] targets)
    {
        (_backend, _level, _shared) = (backend, level, network is null);
        _encoderLevels = [.. (network is null ? targets : []).Append(level).Where(own => own > 0).Distinct().Order()];
        _networkLevels = network is null ? [] : targets;
        _encoder = _encoderLevels is [.., int deepest] ? new Encoder(backend, encoder.UpTo(deepest)) : null;
        _network = _networkLevels is [.., int last] ? new Encoder(backend, network!.UpTo(last)) : null;
    }

    /// <summary>Runs the networks on one picture.</summary>
    /// <param name="picture">[3, H, W], in 0..1. The caller must not dispose of it before the result.</param>
    internal DecoderInput Of(Tensor picture)
    {
        TargetSet targets = new(_backend);
        Tensor[] encoded = _encoder?.Run(picture, _encoderLevels) ?? [];
        Array.ForEach(encoded, tensor => targets.Own(tensor));
        Tensor[] others = _network?.Run(picture, _networkLevels) ?? [];
        Array.ForEach(others, tensor => targets.Own(tensor));
        targets.Add(LossTap.Picture, picture);
        (int[] levels, Tensor[] features) = _shared ? (_encoderLevels, encoded) : (_networkLevels, others);
        for (int i = 0; i < levels.Length; i++)
            targets.Add(LossTap.Level(levels[i]), features[i]);
        return new DecoderInput(targets, _level == 0 ? picture : encoded[Array.IndexOf(_encoderLevels, _level)]);
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        _network?.Dispose();
    }
}

/// <summary>The result of <see cref="DecoderInputs"/> for one picture.</summary>
/// <param name="Targets">The picture, and features of the loss network.</param>
/// <param name="Features">The input of the decoder, or of the encoder layers that are trained with it.</param>
internal sealed record DecoderInput(TargetSet Targets, Tensor Features) : IDisposable
{
    public void Dispose() => Targets.Dispose();
}
