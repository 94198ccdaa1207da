using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>A decoder on a backend: features in, picture out.</summary>
internal sealed class Decoder(Backend backend, DecoderWeights weights) : IDisposable
{
    private readonly Network _network = new(
        backend, Vgg19.Decoder(weights.Level, weights.LastRelu), weights.Convolutions.ToDictionary(convolution => convolution.Name),
        weights.InChannels, [Vgg19.Tap(1)]);

    /// <summary>Where an affine map of the features is to be folded into; null where the map is cheaper as a pass of its own.</summary>
    /// <param name="pixels">Pixels of the features: what the pass would go over.</param>
    internal ConvolutionWeights? Folds(long pixels)
    {
        ConvolutionWeights first = weights.Convolutions[0];
        // Both have C² products per: pixel here, tap and output channel there.
        return (long)backend.HostMultiplyCost * first.KernelSize * first.KernelSize * first.OutChannels < pixels ? first : null;
    }

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
    /// <param name="first">Stands in for the first layer's weights, if given.</param>
    /// <returns>[3, H, W]; the caller disposes of it.</returns>
    internal Tensor Run(
        Tensor features, bool clamp, Convolution? first = null, Action<double>? done = null, CancellationToken cancellation = default) =>
        _network.Run(features, [Vgg19.Tap(1)], clamp, first, done, cancellation)[0];

    /// <summary>The layers, by the grids that they work on.</summary>
    internal IReadOnlyList<GridRun> Runs() => _network.Runs(Vgg19.Tap(1));

    /// <summary>A tile's picture, clamped; see <see cref="Network.Run(Tensor, TilePath, bool, Convolution, Workspace, Action{double},
    /// CancellationToken)"/>.</summary>
    internal Tensor Run(
        Tensor features, TilePath path, Convolution? first, Workspace workspace, Action<double> done, CancellationToken cancellation) =>
        _network.Run(features, path, clamp: true, first, workspace, done, cancellation);

    /// <summary>Frees the weights as the backend wants them; they are packed again when next used.</summary>
    public void Dispose() => _network.Dispose();
}
