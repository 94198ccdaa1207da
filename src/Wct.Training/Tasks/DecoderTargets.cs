using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Training.Tasks;

/// <summary>Of a picture: the features that what is trained gets, and those that its answer's are compared with.</summary>
/// <remarks>Nothing goes back through them: poolings are fused as in stylizing, and an encoder that is its own loss network runs once.</remarks>
internal sealed class DecoderTargets : IDisposable
{
    private readonly Encoder? _encoder;
    private readonly Encoder? _network;
    private readonly int[] _levels, _taps;
    private readonly int _level;

    /// <param name="level">Whose features are the input; 0 for the picture itself.</param>
    /// <param name="network">Null where the encoder is the loss network too.</param>
    internal DecoderTargets(Backend backend, EncoderWeights encoder, int level, EncoderWeights? network, int[] taps)
    {
        (_level, _taps) = (level, taps);
        _levels = [.. (network is null ? taps : []).Append(level).Where(own => own > 0).Distinct().Order()];
        _encoder = _levels is [.., int deepest] ? new Encoder(backend, encoder.UpTo(deepest)) : null;
        _network = network is null ? null : new Encoder(backend, network.UpTo(taps[^1]));
    }

    internal PictureFeatures Of(Tensor picture)
    {
        Tensor[] own = _encoder?.Run(picture, _levels) ?? [];
        Tensor[] others = _network?.Run(picture, _taps) ?? [];
        Tensor Own(int level) => own[Array.IndexOf(_levels, level)];
        return new PictureFeatures([.. own, .. others], _level == 0 ? picture : Own(_level), _network is null ? [.. _taps.Select(Own)] : others);
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        _network?.Dispose();
    }
}

/// <summary>What <see cref="DecoderTargets"/> gives, for one picture.</summary>
/// <param name="All">What is the caller's of these.</param>
/// <param name="Input">What the decoder gets, or the layers of the encoder that are trained with it.</param>
/// <param name="Taps">What the decoded picture's features should be, the shallowest first.</param>
internal sealed record PictureFeatures(Tensor[] All, Tensor Input, Tensor[] Taps) : IDisposable
{
    public void Dispose() => Array.ForEach(All, tensor => tensor.Dispose());
}
