using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>A decoder on a backend: features in, picture out.</summary>
internal sealed class Decoder(Backend backend, DecoderWeights weights) : IDisposable
{
    private readonly Network _network = new(
        backend, Vgg19.Decoder(weights.Level, weights.LastRelu), weights.Convolutions.ToDictionary(convolution => convolution.Name));

    /// <summary>Additions and multiplications for the features of a picture of that size.</summary>
    internal double Operations(TensorShape image)
    {
        int factor = 1 << (weights.Level - 1);
        TensorShape features = new(weights.InChannels, Math.Max(1, image.Height / factor), Math.Max(1, image.Width / factor));
        return _network.Operations(features, Vgg19.Tap(1));
    }

    /// <summary>The picture that has such features.</summary>
    /// <param name="features">[C, h, w].</param>
    /// <param name="clamp">Whether it is clamped to 0..1.</param>
    /// <returns>[3, H, W]; the caller disposes of it.</returns>
    internal Tensor Run(Tensor features, bool clamp, Action<double>? done = null, CancellationToken cancellation = default) =>
        _network.Run(features, [Vgg19.Tap(1)], clamp, done, cancellation)[0];

    /// <summary>The layers, by the grids that they work on.</summary>
    internal IReadOnlyList<GridRun> Runs() => _network.Runs(Vgg19.Tap(1));

    /// <summary>A tile's picture, clamped; see <see cref="Network.Run(Tensor, TilePath, bool, Workspace, Action{double}, CancellationToken)"/>.</summary>
    internal Tensor Run(Tensor features, TilePath path, Workspace workspace, Action<double> done, CancellationToken cancellation) =>
        _network.Run(features, path, clamp: true, workspace, done, cancellation);

    /// <summary>Frees the weights as the backend wants them; they are arranged anew when next used.</summary>
    public void Dispose() => _network.Dispose();
}
