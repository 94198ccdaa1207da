using Wct.Imaging;
using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Transforms;
using Wct.Training.Data;

namespace Wct.Training.Evaluation;

/// <summary>An encoder that stylized pictures are judged by.</summary>
internal sealed class JudgingEncoder(Backend backend, EncoderWeights weights) : IDisposable
{
    // Equal covariances have no logarithm of their distance; this is far below what rounding leaves.
    private const double Least = 1e-12;

    private readonly Encoder _encoder = new(backend, weights);
    private readonly int[] _levels = [.. Enumerable.Range(1, weights.Deepest)];

    /// <summary>The level of its last tap.</summary>
    internal int Deepest => weights.Deepest;

    /// <summary>Distances of one picture at every tap, the shallowest first.</summary>
    internal TapDistance[] Distances(PixelImage result, PixelImage content, PixelImage style)
    {
        Tensor[] results = Features(result), contents = Features(content), styles = Features(style);
        TapDistance[] distances = [.. _levels.Select((level, i) => Distance(level, results[i], contents[i], styles[i]))];
        foreach (Tensor tensor in (Tensor[])[.. results, .. contents, .. styles])
            tensor.Dispose();
        return distances;
    }

    public void Dispose() => _encoder.Dispose();

    private TapDistance Distance(int level, Tensor result, Tensor content, Tensor style)
    {
        FeatureMoments ofResult = FeatureMoments.Of(backend, result), ofContent = FeatureMoments.Of(backend, content), ofStyle = FeatureMoments.Of(backend, style);
        double squares = ofResult.Covariance.Zip(ofStyle.Covariance, (a, b) => (a - b) * (a - b)).Sum();
        double variance = Enumerable.Range(0, ofContent.Channels).Average(i => ofContent.Covariance[i * ofContent.Channels + i]);
        double error = backend.SquaredError(result, content) / result.Shape.Length;
        return new TapDistance(level, Math.Log(Math.Max(Least, Math.Sqrt(squares))), error / Math.Max(Least, variance));
    }

    private Tensor[] Features(PixelImage picture)
    {
        using Tensor tensor = Crop.Load(backend, picture);
        return _encoder.Run(tensor, _levels);
    }
}
