using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>Divides a picture so that it fits into a budget.</summary>
/// <param name="budget">Bytes of the whole process; null for what the device has of its own, else for
/// <see cref="StylizeOptions.DefaultMaxMemory"/>, or more where tiles would become too small.</param>
/// <param name="own">Bytes that a device has of its own; null where it has the process's memory.</param>
internal sealed class TilePlanner(Backend backend, Cascade cascade, MemoryNeeds needs, long? budget, long? own)
{
    // Tiles of this side spend a third of the work on their halos at the deepest level, and little at the others.
    private const int AmpleSide = 768;

    private readonly LevelPlanner _levels = new(backend);

    // A device's own memory is no wish of the caller's: tiles are made for it, and nobody is refused.
    private long Bytes => Math.Min(budget ?? own ?? StylizeOptions.DefaultMaxMemory, own ?? long.MaxValue);

    /// <summary>A plan for running the levels; null where the whole picture fits.</summary>
    /// <exception cref="ArgumentException">Not even the smallest tiles fit; both numbers are named.</exception>
    internal PicturePlan? Content(TensorShape image, IReadOnlyList<int> levels) =>
        IsWhole(image, levels) ? null : Tiles(image, levels, measureOnly: false);

    /// <summary>A plan for measuring a style; null where the whole picture fits.</summary>
    /// <exception cref="ArgumentException">Not even the smallest tiles fit; both numbers are named.</exception>
    internal PicturePlan? Style(TensorShape image, IReadOnlyList<int> levels) =>
        IsWholeStyle(image, levels) ? null : Tiles(image, levels, measureOnly: true);

    /// <summary>Whether a whole picture can run through the levels.</summary>
    internal bool IsWhole(TensorShape image, IReadOnlyList<int> levels) =>
        needs.FitsAtAGlance(image, Bytes) || needs.Whole(image, levels) <= Bytes;

    /// <summary>Whether a whole picture can be measured.</summary>
    internal bool IsWholeStyle(TensorShape image, IReadOnlyList<int> levels) =>
        needs.FitsAtAGlance(image, Bytes) || needs.WholeStyle(image, levels) <= Bytes;

    /// <summary>A plan for a picture in tiles.</summary>
    /// <exception cref="ArgumentException">Not even the smallest tiles fit; both numbers are named.</exception>
    internal PicturePlan Tiles(TensorShape image, IReadOnlyList<int> levels, bool measureOnly)
    {
        Dictionary<int, LevelTiles> tiles = levels.Distinct().ToDictionary(level => level, level => cascade.Tiles(level, image));
        int margin = measureOnly ? 0 : tiles.Values.Max(level => level.Halo());
        long fixedBytes = needs.Base + Backend.PackedBytes(checked(image.Height + margin), checked(image.Width + margin));
        long least = fixedBytes + tiles.Values.Max(level => _levels.WithSide(level, 0, measureOnly).Bytes);
        if (budget < least)
            throw new ArgumentException($"The budget is {budget} bytes of memory; a picture of {image.Width}x{image.Height} pixels needs {least} at least.");
        long ample = fixedBytes + tiles.Values.Max(level => _levels.WithSide(level, AmpleSide, measureOnly).Bytes);
        long bytes = own is null && budget is null ? Math.Max(Bytes, ample) : Math.Max(Bytes, least);
        Dictionary<int, LevelPlan> plans = tiles.ToDictionary(level => level.Key, level => _levels.Best(level.Value, bytes - fixedBytes, measureOnly)!);
        // Measuring a level twice would tell nothing new.
        return new PicturePlan([.. (measureOnly ? levels.Distinct() : levels).Select(level => plans[level])], margin, fixedBytes + plans.Values.Max(plan => plan.Bytes));
    }
}
