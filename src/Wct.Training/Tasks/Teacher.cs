using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>A network whose features at some taps an encoder learns.</summary>
/// <param name="Encoder">The network.</param>
/// <param name="Levels">The taps that it teaches.</param>
/// <param name="Adapters">For some of them, the 1x1 convolution and ReLU that lead from its features to those that are taught.</param>
public sealed record Teacher(EncoderWeights Encoder, IReadOnlyList<int> Levels, IReadOnlyDictionary<int, ConvolutionWeights> Adapters)
{
    /// <summary>What hints are about: the convolutions that lead from the tap before its first one to its last one, without the taps.</summary>
    internal IEnumerable<string> Between()
    {
        string[] layers = Vgg19.EncoderConvolutions(Levels.Max()), taps = [.. Levels.Select(Vgg19.Tap)];
        int first = Levels.Min() == 1 ? 1 : Array.IndexOf(layers, Vgg19.Tap(Levels.Min() - 1)) + 1;
        return layers[first..].Except(taps);
    }
}

/// <summary>A teacher on a backend.</summary>
/// <param name="hints">Whether it also teaches the layers between its taps.</param>
internal sealed class TeacherChain(Backend backend, Teacher teacher, bool hints) : IDisposable
{
    private readonly int[] _levels = [.. teacher.Levels.Order()];
    private readonly string[] _between = hints ? [.. teacher.Between()] : [];

    // Nothing goes back through it, so poolings are fused as in stylizing; but for hints, as those need what lies between.
    private readonly Encoder? _encoder = hints ? null : new Encoder(backend, teacher.Encoder.UpTo(teacher.Levels.Max()));
    private readonly LayerChain? _chain = hints ? Chains.Frozen(backend, teacher.Encoder.UpTo(teacher.Levels.Max()), inputGradient: false) : null;

    private readonly Dictionary<int, Convolution> _adapters = teacher.Adapters.ToDictionary(
        pair => pair.Key, pair => backend.Prepare(new ConvolutionShape(pair.Value.OutChannels, pair.Value.InChannels, 1), pair.Value.Weights, pair.Value.Bias));

    /// <summary>The layers that it teaches, with their numbers of channels as taught.</summary>
    internal IEnumerable<(string Layer, int Channels)> Layers => _levels
        .Select(level => (Vgg19.Tap(level), teacher.Adapters.TryGetValue(level, out ConvolutionWeights? adapter) ? adapter.OutChannels : teacher.Encoder.TapChannels(level)))
        .Concat(_between.Select(layer => (layer, teacher.Encoder.Convolutions.Single(convolution => convolution.Name == layer).OutChannels)));

    /// <summary>Calls back with the features of each layer that it teaches; they last as long as the call.</summary>
    internal void Teach(Tensor picture, Action<string, Tensor> taught)
    {
        if (_encoder is not null)
        {
            Tensor[] features = _encoder.Run(picture, _levels);
            for (int i = 0; i < features.Length; i++)
            {
                using Tensor own = features[i];
                TeachTap(_levels[i], own, taught);
            }

            return;
        }

        using ForwardPass pass = _chain!.Forward(picture);
        foreach (int level in _levels)
            TeachTap(level, _chain.Output(pass, Vgg19.Tap(level)), taught);
        foreach (string layer in _between)
            taught(layer, _chain.Output(pass, layer));
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        _chain?.Dispose();
        foreach (Convolution adapter in _adapters.Values)
            adapter.Dispose();
    }

    private void TeachTap(int level, Tensor features, Action<string, Tensor> taught)
    {
        if (!_adapters.TryGetValue(level, out Convolution? adapter))
        {
            taught(Vgg19.Tap(level), features);
            return;
        }

        using Tensor adapted = backend.Allocate(features.Shape.WithChannels(adapter.Shape.OutChannels));
        backend.Convolve(features, adapter, Activation.Relu, adapted);
        taught(Vgg19.Tap(level), adapted);
    }
}
