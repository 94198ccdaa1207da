using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Pipeline;

/// <summary>Measures the moments of a level's features over the visible pixels, part by part.</summary>
/// <param name="backend">The backend that holds the features and helps with roots.</param>
/// <param name="eigensolver">Solves eigenvalue problems; null for the default solver.</param>
/// <param name="visibility">Which pixels are visible; null if all are.</param>
/// <param name="tiles">The level's features.</param>
internal sealed class LevelMoments(Backend backend, IEigensolver? eigensolver, Visibility? visibility, LevelTiles tiles)
{
    private readonly VisibleMoments? _visible =
        visibility is null ? null : new VisibleMoments(backend, visibility, tiles.Level, tiles.Features.Channels);

    private FeatureMoments? _whole;
    private MomentSum? _sum;
    private double[] _mean = [], _covariance = [];

    /// <summary>Adds a part.</summary>
    /// <param name="features">[C, h, w].</param>
    /// <param name="region">The part's position in the tensor.</param>
    /// <param name="area">The same pixels in the coordinates of the level's features.</param>
    internal void Add(Tensor features, Region region, Area area)
    {
        int channels = features.Shape.Channels;
        if (_visible is not null)
        {
            _visible.Add(features, region, area);
        }
        else if (features.Shape == tiles.Features && area == Area.Of(tiles.Features))
        {
            // A single part that covers everything needs no sum, and takes its memory from the pool.
            _whole = FeatureMoments.Borrow(backend, features, eigensolver);
        }
        else
        {
            if (_sum is null)
                (_sum, _mean, _covariance) = (new MomentSum(channels), new double[channels], new double[channels * channels]);
            backend.Moments(features, region, _mean, _covariance);
            _sum.Add(area.Pixels, _mean, _covariance);
        }
    }

    /// <summary>The moments of all parts. Nothing can be added afterwards.</summary>
    /// <exception cref="InvalidDataException">A moment isn't finite, because the network's weights are too large.</exception>
    internal FeatureMoments Finish() => _whole ?? _visible?.Finish(eigensolver) ?? _sum!.Finish(backend, eigensolver);
}
