using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Runs a teacher on a backend.</summary>
/// <param name="backend">The backend that runs it.</param>
/// <param name="teacher">The teacher.</param>
/// <param name="hints">Whether the layers between the taps are targets too.</param>
internal sealed class TeacherNetwork(TrainingBackend backend, Teacher teacher, bool hints) : IDisposable
{
    private readonly string[] _hints = hints ? [.. teacher.Hints().Select(hint => hint.Convolution)] : [];

    // No gradients are computed for the teacher, so pooling is fused as in stylizing. Hints need the outputs of the layers between the
    // taps, so with hints the network runs without fusion.
    private readonly Encoder? _encoder = hints ? null : new Encoder(backend, teacher.Encoder.UpTo(teacher.Levels.Max()));
    private readonly TrainedNetwork? _network =
        hints ? NetworkParts.Frozen(backend, teacher.Encoder.UpTo(teacher.Levels.Max()), inputGradient: false) : null;

    private readonly Dictionary<int, Convolution> _adapters = teacher.Adapters.ToDictionary(
        pair => pair.Key,
        pair => backend.PackConvolution(
            new ConvolutionShape(pair.Value.OutChannels, pair.Value.InChannels, 1), pair.Value.Weights.Span, pair.Value.Bias.Span));

    /// <summary>The convolutions whose outputs are targets, with their numbers of channels: taps first, then hints.</summary>
    internal IEnumerable<(string Convolution, int Channels)> Layers => hints ? teacher.Taps.Concat(teacher.Hints()) : teacher.Taps;

    /// <summary>Runs the teacher on a picture and adds its features to the targets.</summary>
    internal void AddTargets(Tensor picture, TargetSet targets)
    {
        if (_encoder is not null)
        {
            Tensor[] features = _encoder.Run(picture, teacher.Levels);
            Array.ForEach(features, tensor => targets.Own(tensor));
            for (int i = 0; i < features.Length; i++)
                AddTap(teacher.Levels[i], features[i], targets);
            return;
        }

        ForwardPass pass = targets.Own(_network!.Forward(picture));
        foreach (int level in teacher.Levels)
            AddTap(level, _network.Output(pass, Vgg19.Tap(level)), targets);
        foreach (string layer in _hints)
            targets.Add(LossTap.Of(layer), _network.Output(pass, layer));
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        _network?.Dispose();
        foreach (Convolution adapter in _adapters.Values)
            adapter.Dispose();
    }

    private void AddTap(int level, Tensor features, TargetSet targets)
    {
        Tensor target = features;
        if (_adapters.TryGetValue(level, out Convolution? adapter))
        {
            target = targets.Own(backend.Allocate(features.Shape.WithChannels(adapter.Shape.OutChannels)));
            backend.Convolve(features, adapter, Activation.Relu, target);
        }

        targets.Add(LossTap.Level(level), target);
    }
}
