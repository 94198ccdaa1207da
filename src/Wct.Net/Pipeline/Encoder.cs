using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>Runs an encoder on a backend: picture in, features at the taps out.</summary>
internal sealed class Encoder : IDisposable
{
    private readonly Network _network;

    internal Encoder(Backend backend, EncoderWeights weights)
    {
        // conv0 has no ReLU and no padding, so it is folded into conv1_1. That saves a layer and gives the same result.
        NetworkTable table = Vgg19.Encoder(weights.Deepest).After(Vgg19.InputConvolution);
        string[] taps = [.. Enumerable.Range(1, weights.Deepest).Select(Vgg19.Tap)];
        _network = new Network(backend, table, FoldedInput.Of(weights), inputChannels: 3, taps);
    }

    /// <summary>Number of additions and multiplications up to a level's tap, for a picture of that size.</summary>
    internal double Operations(TensorShape image, int level) => _network.Operations(image, Vgg19.Tap(level));

    /// <summary>Computes the features at the taps of some levels.</summary>
    /// <param name="image">[3, H, W], RGB, 0..1.</param>
    /// <param name="levels">Ascending, without repetition.</param>
    /// <param name="done">Called after each layer with the number of operations it took; null for no calls.</param>
    /// <param name="cancellationToken">Checked before each layer.</param>
    /// <returns>One tensor [C, h, w] per level, after ReLU; the caller disposes of them.</returns>
    internal Tensor[] Run(
        Tensor image, IReadOnlyList<int> levels, Action<double>? done = null, CancellationToken cancellationToken = default) =>
        _network.Run(image, [.. levels.Select(Vgg19.Tap)], clamp: false, first: null, done, cancellationToken);

    /// <summary>The layers up to a level's tap, grouped by resolution.</summary>
    internal IReadOnlyList<GridRun> Runs(int level) => _network.Runs(Vgg19.Tap(level));

    /// <summary>Computes the features of a tile; see <see cref="Network.Run(Tensor, TilePath, bool, Convolution, Workspace, Action{double},
    /// CancellationToken, NetworkSettings)"/>.</summary>
    internal Tensor Run(Tensor input, TilePath path, Workspace workspace, Action<double> done, CancellationToken cancellationToken) =>
        _network.Run(input, path, clamp: false, first: null, workspace, done, cancellationToken);

    /// <summary>Frees the packed weights. They are packed again when next used.</summary>
    public void Dispose() => _network.Dispose();
}
