using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Pipeline;

/// <summary>Measures the moments of a level's features part by part, for each region of the picture.</summary>
/// <param name="backend">The backend that holds the features and helps with roots.</param>
/// <param name="eigensolver">Solves eigenvalue problems; null for the default solver.</param>
/// <param name="regions">The share of each pixel, per region; null if all are 1.</param>
/// <param name="tiles">The level's features.</param>
/// <param name="collector">Receives the features too; null if only moments are needed.</param>
internal sealed class LevelMoments(
    Backend backend, IEigensolver? eigensolver, IReadOnlyList<PixelShares?> regions, LevelTiles tiles, FeatureCollector? collector = null)
{
    private readonly Measure[] _regions = [.. regions.Select(shares => new Measure(backend, eigensolver, shares, tiles))];

    /// <summary>Adds a part.</summary>
    /// <param name="features">[C, h, w].</param>
    /// <param name="region">The part's position in the tensor.</param>
    /// <param name="area">The same pixels in the coordinates of the level's features.</param>
    internal void Add(Tensor features, Region region, Area area)
    {
        foreach (Measure measure in _regions)
            measure.Add(features, region, area);
        collector?.Add(features, region, area);
    }

    /// <summary>The moments of all parts, per region; null if a region's mask leaves less than one feature pixel. Nothing can be added
    /// afterwards.</summary>
    /// <exception cref="InvalidDataException">A moment isn't finite, because the network's weights are too large.</exception>
    internal FeatureMoments?[] Finish() => Array.ConvertAll(_regions, region => region.Finish());

    // Measures one region.
    private sealed class Measure(Backend backend, IEigensolver? eigensolver, PixelShares? shares, LevelTiles tiles)
    {
        private readonly WeightedFeatureMoments? _weighted =
            shares is null ? null : new WeightedFeatureMoments(backend, shares, tiles.Level, tiles.Features.Channels);

        private FeatureMoments? _whole;
        private MomentSum? _sum;

        internal void Add(Tensor features, Region region, Area area)
        {
            int channels = features.Shape.Channels;
            if (_weighted is not null)
            {
                _weighted.Add(features, region, area);
            }
            else if (features.Shape == tiles.Features && area == Area.Of(tiles.Features))
            {
                // A single part that covers everything needs no sum, and takes its memory from the pool.
                _whole = FeatureMoments.Borrow(backend, features, eigensolver);
            }
            else
            {
                NumberBuffer mean = NumberBuffer.Borrow(channels), covariance = NumberBuffer.Borrow(channels * channels);
                backend.Moments(features, region, mean.Span, covariance.Span);
                _sum ??= new MomentSum(channels);
                _sum.Add(area.Pixels, mean.Span, covariance.Span);
                mean.Release();
                covariance.Release();
            }
        }

        internal FeatureMoments? Finish()
        {
            if (_weighted is null)
                return _whole ?? _sum!.Finish(backend, eigensolver);
            if (!shares!.HasMask || _weighted.Total >= 1)
                return _weighted.Finish(eigensolver);
            _weighted.Release();
            return null;
        }
    }
}
