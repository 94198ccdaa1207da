using Wct.Imaging;
using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Transforms;
using Wct.Training.Data;

namespace Wct.Training.Evaluation;

/// <summary>Compares pictures by the features of an encoder.</summary>
internal sealed class JudgingEncoder(TrainingBackend backend, EncoderWeights weights) : IDisposable
{
    // Lower limit of distances and variances, so that logarithms and quotients are finite. It is far below rounding errors.
    private const double Least = 1e-12;

    private readonly Encoder _encoder = new(backend, weights);
    private readonly int[] _levels = [.. Enumerable.Range(1, weights.Deepest)];

    /// <summary>The level of the last tap.</summary>
    internal int Deepest => weights.Deepest;

    /// <summary>Returns the distances of a stylized picture to content and style at each tap, the shallowest first.</summary>
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
        FeatureMoments ofResult = FeatureMoments.Of(backend, result), ofContent = FeatureMoments.Of(backend, content),
            ofStyle = FeatureMoments.Of(backend, style);
        double squares = 0, variances = 0;
        for (int i = 0; i < ofResult.Covariance.Length; i++)
            squares += (ofResult.Covariance[i] - ofStyle.Covariance[i]) * (ofResult.Covariance[i] - ofStyle.Covariance[i]);
        for (int i = 0; i < ofContent.Channels; i++)
            variances += ofContent.Covariance[i * ofContent.Channels + i];
        double variance = variances / ofContent.Channels, error = backend.SquaredError(result, content) / result.Shape.Length;
        return new TapDistance(level, Math.Log(Math.Max(Least, Math.Sqrt(squares))), error / Math.Max(Least, variance));
    }

    private Tensor[] Features(PixelImage picture)
    {
        using Tensor tensor = Crop.Load(backend, picture);
        return _encoder.Run(tensor, _levels);
    }
}
