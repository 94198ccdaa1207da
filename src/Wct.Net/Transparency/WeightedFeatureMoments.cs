using System.Buffers;
using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net.Transparency;

/// <summary>Measures the moments of a level's features part by part, with a share for each pixel of the picture.</summary>
internal sealed class WeightedFeatureMoments(Backend backend, PixelShares shares, int level, int channels)
{
    // Number of feature pixels that are measured at a time. Limits the memory of their weights to a megabyte for pictures of any size.
    private const int StripPixels = 1 << 18;

    private readonly MomentSum _sum = new(channels);

    /// <summary>The sum of the shares of all feature pixels that were added.</summary>
    internal double Total => _sum.Pixels;

    /// <summary>Adds a part of the map.</summary>
    /// <param name="features">[C, h, w].</param>
    /// <param name="region">The part's position in the tensor.</param>
    /// <param name="area">The same pixels in the coordinates of the whole map.</param>
    internal void Add(Tensor features, Region region, Area area)
    {
        int width = region.Width, rows = Math.Clamp(StripPixels / width, 1, region.Height), factor = 1 << (level - 1);
        float[] weights = ArrayPool<float>.Shared.Rent(rows * width);
        for (int first = 0; first < region.Height; first += rows)
        {
            int count = Math.Min(rows, region.Height - first);
            Interval strip = new(area.Rows.First + first, area.Rows.First + first + count);
            Memory<float> own = weights.AsMemory(0, count * width);
            if (shares.Weigh(backend, area with { Rows = strip }, factor, own))
                Add(features, region with { Y = region.Y + first, Height = count }, own.Span);
        }

        ArrayPool<float>.Shared.Return(weights);
    }

    // A mask often covers a small part of the map. Rows without any share are left out at both ends.
    private void Add(Tensor features, Region region, ReadOnlySpan<float> shares)
    {
        int width = region.Width, above = shares.IndexOfAnyExcept(0f) / width, end = shares.LastIndexOfAnyExcept(0f) / width + 1;
        Region own = region with { Y = region.Y + above, Height = end - above };
        using Tensor weights = backend.Allocate(new TensorShape(1, own.Height, width));
        backend.Write(shares[(above * width)..(end * width)], weights);
        NumberBuffer mean = NumberBuffer.Borrow(channels), scatter = NumberBuffer.Borrow(channels * channels);
        double total = backend.WeightedMoments(features, own, weights, mean.Span, scatter.Span);
        _sum.AddScatter(total, mean.Span, scatter.Span);
        mean.Release();
        scatter.Release();
    }

    /// <summary>Returns the memory of moments that are not needed.</summary>
    internal void Release() => _sum.Release();

    /// <summary>The moments of all parts. The covariance is zero if the total is at most 1. The mean is zero if the total is
    /// 0.</summary>
    /// <param name="eigensolver">Solves eigenvalue problems; null for the default solver.</param>
    /// <exception cref="InvalidDataException">A moment isn't finite, because the network's weights are too large.</exception>
    internal FeatureMoments Finish(IEigensolver? eigensolver = null) => _sum.Finish(backend, eigensolver);
}
