using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Training.Tasks;

/// <summary>A network whose features at some taps an encoder learns.</summary>
/// <param name="Encoder">The network.</param>
/// <param name="Levels">The taps that it teaches.</param>
/// <param name="Adapters">For some of them, the 1x1 convolution and ReLU that lead from its features to those that are taught.</param>
public sealed record Teacher(EncoderWeights Encoder, IReadOnlyList<int> Levels, IReadOnlyDictionary<int, ConvolutionWeights> Adapters);

/// <summary>A teacher on a backend.</summary>
internal sealed class TeacherChain(Backend backend, Teacher teacher) : IDisposable
{
    // Nothing goes back through it, so poolings are fused as in stylising.
    private readonly Encoder _encoder = new(backend, teacher.Encoder.UpTo(teacher.Levels.Max()));
    private readonly int[] _levels = [.. teacher.Levels.Order()];

    private readonly Dictionary<int, Convolution> _adapters = teacher.Adapters.ToDictionary(
        pair => pair.Key, pair => backend.Prepare(new ConvolutionShape(pair.Value.OutChannels, pair.Value.InChannels, 1), pair.Value.Weights, pair.Value.Bias));

    /// <summary>Whether a level's features are this teacher's.</summary>
    internal bool Teaches(int level) => teacher.Levels.Contains(level);

    /// <summary>Channels of a taught feature map.</summary>
    internal int Channels(int level) =>
        teacher.Adapters.TryGetValue(level, out ConvolutionWeights? adapter) ? adapter.OutChannels : teacher.Encoder.TapChannels(level);

    /// <summary>Calls back with the features of each level that it teaches; they last as long as the call.</summary>
    internal void Teach(Tensor picture, Action<int, Tensor> taught)
    {
        Tensor[] features = _encoder.Run(picture, _levels);
        for (int i = 0; i < features.Length; i++)
        {
            using Tensor own = features[i];
            if (!_adapters.TryGetValue(_levels[i], out Convolution? adapter))
            {
                taught(_levels[i], own);
                continue;
            }

            using Tensor adapted = backend.Allocate(own.Shape.WithChannels(adapter.Shape.OutChannels));
            backend.Convolve(own, adapter, Activation.Relu, adapted);
            taught(_levels[i], adapted);
        }
    }

    public void Dispose()
    {
        _encoder.Dispose();
        foreach (Convolution adapter in _adapters.Values)
            adapter.Dispose();
    }
}
