using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>What transforms, mixtures and masks need at a level beyond a single affine map: memory, and pixels around a tile.</summary>
internal sealed class LevelDemands
{
    // Matrices per part: the moments, their roots and the map.
    private const int MatricesPerPart = 5;

    private readonly RunSettings? _settings;
    private readonly Func<int, IEnumerable<TensorShape>> _styles = _ => [];
    private readonly int _regions, _parts;
    private readonly bool _isMasked;

    private LevelDemands()
    {
    }

    /// <param name="settings">The transforms.</param>
    /// <param name="regions">Number of regions.</param>
    /// <param name="parts">Number of styles, mixtures counted by their styles.</param>
    /// <param name="isMasked">Whether any region has a mask.</param>
    /// <param name="styles">Shapes [C, h, w] of the styles' features at a level, for transforms that use them.</param>
    internal LevelDemands(RunSettings settings, int regions, int parts, bool isMasked, Func<int, IEnumerable<TensorShape>> styles) =>
        (_settings, _regions, _parts, _isMasked, _styles) = (settings, regions, parts, isMasked, styles);

    /// <summary>One style for the whole picture, and affine transforms.</summary>
    internal static LevelDemands None { get; } = new();

    /// <summary>Whether there is nothing beyond a single affine map at any level.</summary>
    internal bool IsNone => _settings is null || (!_isMasked && _regions == 1 && _parts <= 1 && !_settings.Runs.Any(run => IsLocal(run)));

    /// <summary>How many feature pixels around a tile its result depends on.</summary>
    internal int Reach(int level) => _settings?.Reach(level) ?? 0;

    /// <summary>Memory in bytes for transforming some pixels of a level, besides the features and their transformed copy.</summary>
    internal long Transforming(Backend backend, int level, TensorShape area)
    {
        if (IsNone)
            return 0;
        LevelRun[] local = [.. _settings!.Runs.Where(run => run.Level == level && IsLocal(run))];
        long squares = (long)area.Channels * area.Channels * sizeof(double) * MatricesPerPart;
        // The sum of several affine maps is one map.
        if (!_isMasked && _regions == 1 && local.Length == 0)
            return (_parts - 1) * squares;
        long most = backend.BytesOf(area);
        // Each map keeps the features of its style until the level ends.
        foreach (LevelRun run in local)
            most = Math.Max(most, _styles(level).Sum(style => run.Transform.WorkingBytes(backend, area, style)));
        // For each part and the rest, a share per pixel: in a tensor, and some rows of it on the host, where the masks are divided.
        long shares = backend.BytesOf(area.WithChannels(1)) + (2 * sizeof(float) * Math.Min(area.Pixels, RegionShares.StripPixels));
        return most + ((_parts + 1) * shares) + (_parts * squares);
    }

    /// <summary>Memory in bytes for keeping a level's features of a style.</summary>
    internal long Keeping(int level, TensorShape features) => _settings?.UsesFeatures(level) == true ? sizeof(float) * features.Length : 0;

    private static bool IsLocal(LevelRun run) => run.Transform.UsesFeatures || run.Transform.Reach > 0;
}
