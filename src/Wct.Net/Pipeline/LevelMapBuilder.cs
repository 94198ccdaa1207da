using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net.Pipeline;

/// <summary>Puts a level's map together: asks the transform for a map per style, then mixes, masks and weakens these.</summary>
/// <param name="backend">The backend that will run the map.</param>
/// <param name="decoder">The level's decoder.</param>
/// <param name="tiles">The level's features.</param>
/// <param name="run">The level's transform and strength.</param>
internal sealed class LevelMapBuilder(Backend backend, Decoder decoder, LevelTiles tiles, LevelRun run)
{
    private readonly List<Found> _found = [];

    /// <summary>Computes the level's map.</summary>
    /// <param name="styles">The styles and their regions.</param>
    /// <param name="contents">The content's moments per region; null if a region is too small to measure.</param>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels.</exception>
    /// <exception cref="InvalidDataException">An entry is too large for single precision.</exception>
    internal LevelMap Build(IReadOnlyList<StyleUse> styles, IReadOnlyList<FeatureMoments?> contents)
    {
        try
        {
            FindAll(styles, contents);
            bool isUniform = styles.Count == 1 && styles[0].Shown is null && _found.Sum(found => found.Weight) > 1 - 1e-9;
            return isUniform && _found.All(found => found.Affine is not null) ? Uniform(styles[0]) : Mixed(styles);
        }
        finally
        {
            foreach (Found found in _found)
                found.Dispose();
        }
    }

    private void FindAll(IReadOnlyList<StyleUse> styles, IReadOnlyList<FeatureMoments?> contents)
    {
        (int Region, StylePart Part)[] parts =
        [
            .. from region in Enumerable.Range(0, styles.Count)
               where contents[region] is not null
               from part in styles[region].Style.Parts
               where !part.Levels[run.Level].IsEmpty
               select (region, part),
        ];
        Found?[] found = new Found?[parts.Length];
        void Find(int i)
        {
            (int region, StylePart part) = parts[i];
            found[i] = Ask(region, part.Weight, contents[region]!, part.Levels[run.Level]);
        }

        try
        {
            // Each map has an eigenproblem of its own. A device may help with these, and then they run one after the other.
            if (backend.DeviceMemoryBudget is null)
                backend.RunOnHost(parts.Length, Find);
            else
                Array.ForEach([.. Enumerable.Range(0, parts.Length)], Find);
        }
        finally
        {
            _found.AddRange(found.OfType<Found>());
        }
    }

    private Found Ask(int region, double weight, FeatureMoments content, StyleMoments style)
    {
        int channels = tiles.Features.Channels;
        LocalMap? local = run.Transform.Local(content, tiles.Features, style);
        AffineMap? affine = local is null ? run.Transform.Map(content, style) : null;
        if (local is not null || affine?.Channels == channels)
            return new Found(region, weight, affine, local);
        affine?.Release();
        throw new InvalidOperationException(
            $"The transform gave {(affine is null ? "no map" : $"a map of {affine.Channels} channels")}; the features have {channels} "
                + "channels.");
    }

    // One map for the whole picture.
    private AffineLevelMap Uniform(StyleUse use)
    {
        AffineMap map = _found.Count == 1 ? _found[0].Take() : AffineMap.Sum([.. _found.Select(found => (found.Weight, found.Affine!))]);
        return AffineLevelMap.Of(backend, map, run.Strength(use.Strength), decoder, tiles.Features.Pixels);
    }

    private MixedLevelMap Mixed(IReadOnlyList<StyleUse> styles)
    {
        List<MixedLevelMap.Part> parts = [];
        try
        {
            foreach (Found found in _found)
            {
                double share = found.Weight * run.Strength(styles[found.Region].Strength);
                if (found.Local is not null)
                    parts.Add(new MixedLevelMap.LocalPart(found.Region, share, found.TakeLocal()));
                else
                    parts.Add(new MixedLevelMap.AffinePart(
                        found.Region, share, AffineLevelMap.Of(backend, found.Take(), 1, decoder: null, tiles.Features.Pixels)));
            }

            return new MixedLevelMap(backend, parts, new RegionShares([.. styles.Select(style => style.Shown)], tiles.Factor));
        }
        catch
        {
            foreach (MixedLevelMap.Part part in parts)
                part.Dispose();
            throw;
        }
    }

    // A transform's map for one style, owned until it is taken.
    private sealed class Found(int region, double weight, AffineMap? affine, LocalMap? local) : IDisposable
    {
        private bool _isTaken;

        internal int Region => region;

        internal double Weight => weight;

        internal AffineMap? Affine => affine;

        internal LocalMap? Local => local;

        internal AffineMap Take()
        {
            _isTaken = true;
            return affine!;
        }

        internal LocalMap TakeLocal()
        {
            _isTaken = true;
            return local!;
        }

        public void Dispose()
        {
            if (_isTaken)
                return;
            affine?.Release();
            local?.Dispose();
        }
    }
}
