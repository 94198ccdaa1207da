using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>Runs a decoder on a backend: features in, picture out.</summary>
internal sealed class Decoder(Backend backend, DecoderWeights weights) : IDisposable
{
    // Packing one weight takes about as long as this many multiplications in double precision. Measured with 256 to 512 channels.
    private const int PackingCost = 160;

    private readonly Network _network = new(
        backend, Vgg19.Decoder(weights.Level, weights.LastRelu), new NetworkWeights(weights.Convolutions),
        weights.InChannels, [Vgg19.Tap(1)]);

    /// <summary>The first convolution.</summary>
    internal ConvolutionWeights First => weights.Convolutions[0];

    /// <summary>The convolution into which an affine map of the features should be folded; null if a separate pass is cheaper.</summary>
    /// <param name="pixels">Pixels of the features, which a separate pass would process.</param>
    /// <remarks>A separate pass takes C² multiplications per pixel; folding takes C² per tap and output channel.</remarks>
    internal ConvolutionWeights? Folds(long pixels) =>
        (long)backend.HostMultiplyCost * First.KernelSize * First.KernelSize * First.OutChannels < pixels ? First : null;

    /// <summary>As <see cref="Folds"/>, for a map whose matrix is diagonal. Folding it only scales the weights, but they must be packed
    /// again.</summary>
    internal ConvolutionWeights? FoldsDiagonal(long pixels) =>
        (long)backend.HostMultiplyCost * PackingCost * First.KernelSize * First.KernelSize * First.OutChannels < pixels * First.InChannels
            ? First
            : null;

    /// <summary>Number of additions and multiplications for the features of a picture of that size.</summary>
    internal double Operations(TensorShape image)
    {
        int factor = 1 << (weights.Level - 1);
        TensorShape features = new(weights.InChannels, Math.Max(1, image.Height / factor), Math.Max(1, image.Width / factor));
        return _network.Operations(features, Vgg19.Tap(1));
    }

    /// <summary>Decodes features to a picture.</summary>
    /// <param name="features">[C, h, w].</param>
    /// <param name="clamp">Whether to clamp the picture to 0..1.</param>
    /// <param name="first">Replaces the first layer's weights, if given.</param>
    /// <param name="done">Called after each layer with the number of operations it took; null for no calls.</param>
    /// <param name="cancellationToken">Checked before each layer.</param>
    /// <returns>[3, H, W]; the caller disposes of it.</returns>
    internal Tensor Run(
        Tensor features, bool clamp, Convolution? first = null, Action<double>? done = null,
        CancellationToken cancellationToken = default) =>
        _network.Run(features, [Vgg19.Tap(1)], clamp, first, done, cancellationToken)[0];

    /// <summary>The layers, grouped by resolution.</summary>
    internal IReadOnlyList<GridRun> Runs() => _network.Runs(Vgg19.Tap(1));

    /// <summary>Decodes a tile to a picture, clamped to 0..1; see <see cref="Network.Run(Tensor, TilePath, bool, Convolution, Workspace,
    /// Action{double}, CancellationToken, NetworkSettings)"/>.</summary>
    internal Tensor Run(
        Tensor features, TilePath path, Convolution? first, Workspace workspace, Action<double> done,
        CancellationToken cancellationToken) =>
        _network.Run(features, path, clamp: true, first, workspace, done, cancellationToken);

    /// <summary>Frees the packed weights. They are packed again when next used.</summary>
    public void Dispose() => _network.Dispose();
}
