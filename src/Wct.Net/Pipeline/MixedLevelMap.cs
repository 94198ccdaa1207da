using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>A sum of maps, each with a share that may differ from pixel to pixel. What is left of 1 is the content's own share.</summary>
/// <param name="backend">The backend that computes.</param>
/// <param name="parts">The maps; disposed of with this object.</param>
/// <param name="shares">Gives each part's share of a map's pixels.</param>
internal sealed class MixedLevelMap(Backend backend, IReadOnlyList<MixedLevelMap.Part> parts, RegionShares shares) : LevelMap
{
    /// <inheritdoc/>
    internal override Tensor Apply(Tensor features, Area area, Workspace? workspace, CancellationToken cancellationToken)
    {
        // With a single part that has all of every pixel, nothing is left to mix.
        if (parts is [{ Share: 1 } whole] && shares.IsWhole)
        {
            Tensor only = whole.Apply(backend, features, cancellationToken);
            features.Dispose();
            return only;
        }

        using ShareMaps weights = shares.Of(backend, area, [.. parts.Select(part => (part.Region, part.Share))]);
        Tensor sum = workspace is null ? backend.Allocate(features.Shape) : workspace.Allocate(features.Shape);
        try
        {
            if (parts.All(part => part is AffinePart))
                MixAffine(features, weights, sum);
            else
                Mix(features, weights, sum, cancellationToken);
        }
        catch
        {
            sum.Dispose();
            throw;
        }

        features.Dispose();
        return sum;
    }

    private void MixAffine(Tensor features, ShareMaps weights, Tensor sum)
    {
        int[] present = [.. Enumerable.Range(0, parts.Count).Where(weights.Has)];
        backend.MixAffine(
            features, [.. present.Select(i => ((AffinePart)parts[i]).Map.Convolution)], [weights.Rest, .. present.Select(weights.Of)], sum);
    }

    private void Mix(Tensor features, ShareMaps weights, Tensor sum, CancellationToken cancellationToken)
    {
        backend.AddWeighted(features, weights.Rest, sum, accumulate: false);
        for (int i = 0; i < parts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!weights.Has(i))
                continue;
            using Tensor transformed = parts[i].Apply(backend, features, cancellationToken);
            backend.AddWeighted(transformed, weights.Of(i), sum, accumulate: true);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (Part part in parts)
            part.Dispose();
    }

    /// <summary>One map of the sum.</summary>
    /// <param name="Region">Index of the region whose mask gives the share.</param>
    /// <param name="Share">Multiplies the mask's share: the style's weight times the strength, 0 to 1.</param>
    internal abstract record Part(int Region, double Share) : IDisposable
    {
        /// <summary>Transforms features, which are kept.</summary>
        internal abstract Tensor Apply(Backend backend, Tensor features, CancellationToken cancellationToken);

        /// <inheritdoc/>
        public abstract void Dispose();
    }

    /// <summary>An affine map.</summary>
    internal sealed record AffinePart(int Region, double Share, AffineLevelMap Map) : Part(Region, Share)
    {
        /// <inheritdoc/>
        internal override Tensor Apply(Backend backend, Tensor features, CancellationToken cancellationToken)
        {
            Tensor transformed = backend.Allocate(features.Shape);
            try
            {
                Map.Apply(features, transformed);
                return transformed;
            }
            catch
            {
                transformed.Dispose();
                throw;
            }
        }

        /// <inheritdoc/>
        public override void Dispose() => Map.Dispose();
    }

    /// <summary>A map that isn't affine.</summary>
    internal sealed record LocalPart(int Region, double Share, Transforms.LocalMap Map) : Part(Region, Share)
    {
        /// <inheritdoc/>
        internal override Tensor Apply(Backend backend, Tensor features, CancellationToken cancellationToken) =>
            Map.Apply(backend, features, cancellationToken)
            ?? throw new InvalidOperationException("The transform's local map gave no features.");

        /// <inheritdoc/>
        public override void Dispose() => Map.Dispose();
    }
}
