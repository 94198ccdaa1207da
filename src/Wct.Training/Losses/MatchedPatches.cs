using Wct.Kernels;
using Wct.Net.Transforms;
using Wct.Net.Weights;

namespace Wct.Training.Losses;

/// <summary>The most similar style patch of each patch of a feature map, and the squared distance from them.</summary>
/// <remarks>
/// Up to 9 patches cover a pixel. With n of them, whose values there have the mean m, Σ (x - q)² = n·(x - m)² + Σ (q - m)². So the loss
/// needs only the map of means, and a number that doesn't depend on x.
/// </remarks>
internal sealed class MatchedPatches : IDisposable
{
    private const int Side = PatchSearch.Side;

    private readonly TrainingBackend _backend;
    private readonly PatchSearch _patches;
    private readonly Tensor _best, _means, _counts;
    private double _rest;
    private bool _matched;

    /// <param name="backend">The backend of the features.</param>
    /// <param name="patches">The style's patches.</param>
    /// <param name="shape">[C, h, w] of the picture's features.</param>
    internal MatchedPatches(TrainingBackend backend, PatchSearch patches, TensorShape shape)
    {
        (_backend, _patches) = (backend, patches);
        _best = backend.Allocate(shape.WithChannels(2));
        _means = backend.Allocate(shape);
        _counts = backend.Allocate(shape.WithChannels(1));
        float[] counts = new float[shape.Pixels];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = Covering(i / shape.Width, shape.Height) * Covering(i % shape.Width, shape.Width);
        backend.Write(counts, _counts);
    }

    private TensorShape Shape => _means.Shape;

    // The number of elements of all patches.
    private double Elements => (double)Shape.Channels * Side * Side * (Shape.Height - Side + 1) * (Shape.Width - Side + 1);

    /// <summary>Lets the next evaluation match the patches again.</summary>
    internal void Renew() => _matched = false;

    /// <summary>Computes weight·Σ |p - q|² / elements and its gradient.</summary>
    /// <param name="features">[C, h, w].</param>
    /// <param name="weight">Above 0.</param>
    /// <param name="gradient">[C, h, w]; the caller disposes of it.</param>
    internal double Evaluate(Tensor features, double weight, out Tensor gradient)
    {
        if (!_matched)
        {
            _patches.Match(_backend, features, _best);
            Gather();
        }

        gradient = _backend.Allocate(Shape);
        using Tensor difference = _backend.Allocate(Shape);
        double scale = 2 * weight / Elements;
        _backend.SquaredError(features, _means, (float)scale, difference);
        _backend.AddWeighted(difference, _counts, gradient, accumulate: false);
        // The product is scale²·Σ n·(x - m)².
        return _backend.Dot(difference, gradient) * Elements / (4 * weight) + weight * _rest / Elements;
    }

    /// <summary>The matches, for a checkpoint.</summary>
    internal NamedTensor State(string name)
    {
        float[] best = new float[_best.Shape.Length];
        _backend.Read(_best, best);
        return new NamedTensor(name, [2, Shape.Height, Shape.Width], ElementType.F32, best);
    }

    /// <summary>Restores the matches of a checkpoint.</summary>
    internal void Restore(TensorArchive archive, string name)
    {
        float[] best = archive.Find(name)?.Read() ?? throw archive.Fail($"missing {name}");
        if (best.Length != _best.Shape.Length)
            throw archive.Fail($"'{name}' has {best.Length} elements, the picture needs {_best.Shape.Length}");
        _backend.Write(best, _best);
        _patches.Load(_backend);
        Gather();
    }

    public void Dispose()
    {
        _patches.Dispose();
        _best.Dispose();
        _means.Dispose();
        _counts.Dispose();
    }

    // Computes the means, and the rest: Σ |q|² - Σ n·m².
    private void Gather()
    {
        _backend.GatherPatches(_patches.Values, _best, _means);
        using (Tensor weighted = _backend.Allocate(Shape))
        {
            _backend.AddWeighted(_means, _counts, weighted, accumulate: false);
            _rest = -_backend.Dot(_means, weighted);
        }

        float[] best = new float[_best.Shape.Length];
        _backend.Read(_best, best);
        for (int y = 1; y < Shape.Height - 1; y++)
        {
            for (int x = 1; x < Shape.Width - 1; x++)
                _rest += _patches.SquaredLength((int)best[Shape.Pixels + y * Shape.Width + x]);
        }

        _matched = true;
    }

    // The number of patches that cover an index along one side.
    private static int Covering(int index, int length) => Math.Min(index + 1, length - 2) - Math.Max(index - 1, 1) + 1;
}
