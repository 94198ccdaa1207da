using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>A network whose features at some taps an encoder learns.</summary>
/// <param name="Encoder">The network.</param>
/// <param name="Levels">The taps that it teaches.</param>
/// <param name="Adapters">For some of them, the 1x1 convolution and ReLU that lead from its features to those that are taught.</param>
public sealed record Teacher(EncoderWeights Encoder, IReadOnlyList<int> Levels, IReadOnlyDictionary<int, ConvolutionWeights> Adapters);

/// <summary>A teacher on a backend.</summary>
internal sealed class TeacherChain(Backend backend, Teacher teacher) : IDisposable
{
    private readonly LayerChain _chain = Chains.Frozen(backend, teacher.Encoder.UpTo(teacher.Levels.Max()), inputGradient: false);

    private readonly Dictionary<int, Convolution> _adapters = teacher.Adapters.ToDictionary(
        pair => pair.Key, pair => backend.Prepare(new ConvolutionShape(pair.Value.OutChannels, pair.Value.InChannels, 1), pair.Value.Weights, pair.Value.Bias));

    /// <summary>Channels of a taught feature map.</summary>
    internal int Channels(int level) => teacher.Adapters.TryGetValue(level, out ConvolutionWeights? adapter) ? adapter.OutChannels : teacher.Encoder.TapChannels(level);

    /// <summary>Calls back with the features of each level that it teaches; they last as long as the call.</summary>
    internal void Teach(Tensor picture, Action<int, Tensor> taught)
    {
        using ForwardPass pass = _chain.Forward(picture);
        foreach (int level in teacher.Levels)
        {
            Tensor features = _chain.Output(pass, Vgg19.Tap(level));
            if (!_adapters.TryGetValue(level, out Convolution? adapter))
            {
                taught(level, features);
                continue;
            }

            using Tensor adapted = backend.Allocate(features.Shape.WithChannels(adapter.Shape.OutChannels));
            backend.Convolve(features, adapter, Activation.Relu, adapted);
            taught(level, adapted);
        }
    }

    public void Dispose()
    {
        _chain.Dispose();
        foreach (Convolution adapter in _adapters.Values)
            adapter.Dispose();
    }
}
