using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net.Transparency;

/// <summary>Measures the moments of a level's features over the visible pixels of a picture, part by part.</summary>
internal sealed class VisibleMoments(Backend backend, Visibility visibility, int level, int channels)
{
    // Number of feature pixels that are measured at a time. Limits the memory of their weights to a megabyte for pictures of any size.
    private const int StripPixels = 1 << 18;

    private readonly MomentSum _sum = new(channels);
    private readonly double[] _mean = new double[channels], _scatter = new double[channels * channels];
    private float[] _weights = [];

    /// <summary>Measures a whole map.</summary>
    /// <param name="backend">The backend that holds the features.</param>
    /// <param name="visibility">Which pixels of the picture are visible.</param>
    /// <param name="level">The level of the features, 1 to 5.</param>
    /// <param name="features">[C, h, w] of a picture extended to multiples of 16.</param>
    internal static FeatureMoments Of(Backend backend, Visibility visibility, int level, Tensor features)
    {
        VisibleMoments moments = new(backend, visibility, level, features.Shape.Channels);
        moments.Add(features, Region.Of(features.Shape), Area.Of(features.Shape));
        return moments.Finish();
    }

    /// <summary>Adds a part of the map.</summary>
    /// <param name="features">[C, h, w].</param>
    /// <param name="region">The part's position in the tensor.</param>
    /// <param name="area">The same pixels in the coordinates of the whole map.</param>
    internal void Add(Tensor features, Region region, Area area)
    {
        int rows = Math.Clamp(StripPixels / region.Width, 1, region.Height), factor = 1 << (level - 1);
        for (int first = 0; first < region.Height; first += rows)
        {
            int count = Math.Min(rows, region.Height - first);
            Interval strip = new(area.Rows.First + first, area.Rows.First + first + count);
            if (_weights.Length != count * region.Width)
                _weights = new float[count * region.Width];
            if (!visibility.Weigh(area with { Rows = strip }, factor, _weights))
                continue;
            using Tensor weights = backend.Allocate(new TensorShape(1, count, region.Width));
            backend.Write(_weights, weights);
            double total = backend.WeightedMoments(
                features, region with { Y = region.Y + first, Height = count }, weights, _mean, _scatter);
            _sum.AddScatter(total, _mean, _scatter);
        }
    }

    /// <summary>The moments of all parts. The covariance is zero if at most one feature pixel is visible. The mean is zero if none
    /// is.</summary>
    /// <param name="eigensolver">Solves eigenvalue problems; null for the default solver.</param>
    /// <exception cref="InvalidDataException">A moment isn't finite, because the network's weights are too large.</exception>
    internal FeatureMoments Finish(IEigensolver? eigensolver = null) => _sum.Finish(backend, eigensolver);
}
