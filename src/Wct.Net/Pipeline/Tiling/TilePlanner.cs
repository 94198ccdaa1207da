using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>Divides a picture into tiles so that it fits into a memory budget.</summary>
/// <param name="backend">The backend that computes.</param>
/// <param name="cascade">The networks.</param>
/// <param name="needs">Estimates the memory of a whole picture, and of what is used before the first tile.</param>
/// <param name="budget">The budget in bytes. Null for all of the device's own memory, or, if it has none, for
/// <see cref="StylizeOptions.DefaultMaxMemory"/>, or for more if tiles would become too small.</param>
/// <param name="own">Bytes of the device's own memory; null if the device uses the process's memory.</param>
/// <param name="usable">The memory that the process can have, which limits the default budget; null to ask the system.</param>
/// <param name="demands">What the levels' transforms need; null for <see cref="LevelDemands.None"/>.</param>
internal sealed class TilePlanner(
    Backend backend, Cascade cascade, MemoryNeeds needs, long? budget, long? own, UsableMemory? usable = null, LevelDemands? demands = null)
{
    // With tiles of this side, the halo takes a third of the work at the deepest level, and little at the others.
    private const int AmpleSide = 768;

    private readonly LevelPlanner _levels = new(backend, demands);

    // Read only once, so that all parts of a plan use the same limit.
    private readonly UsableMemory _usable = usable ?? UsableMemory.Now;

    // A budget larger than the device's own memory is not an error: it is reduced to that memory.
    private long Bytes => own is { } all
        ? Math.Min(budget ?? all, all)
        : budget is { } asked ? _usable.Allow(asked) : Math.Min(StylizeOptions.DefaultMaxMemory, _usable.Safe);

    private bool IsDefault => own is null && budget is null;

    // Only for the process's memory, not for a device's own.
    private bool IsExcessive => own is null && budget > _usable.Most;

    /// <summary>A warning that the budget is larger than what the process can have; null if it is not.</summary>
    internal string? Warning => IsExcessive
        ? $"The budget is {budget} bytes of memory, and this process can have {_usable.Most} at most; it keeps to those."
        : null;

    /// <summary>A plan for running the levels; null if the whole picture fits.</summary>
    /// <exception cref="ArgumentException">Not even the smallest tiles fit; the message gives both numbers.</exception>
    internal PicturePlan? Content(TensorShape image, IReadOnlyList<int> levels) =>
        IsWhole(image, levels) ? null : Tiles(image, levels, measureOnly: false);

    /// <summary>A plan for measuring a style; null if the whole picture fits.</summary>
    /// <exception cref="ArgumentException">Not even the smallest tiles fit; the message gives both numbers.</exception>
    internal PicturePlan? Style(TensorShape image, IReadOnlyList<int> levels) =>
        IsWholeStyle(image, levels) ? null : Tiles(image, levels, measureOnly: true);

    /// <summary>Whether the levels can run on the whole picture within the budget.</summary>
    internal bool IsWhole(TensorShape image, IReadOnlyList<int> levels) =>
        needs.SurelyFits(image, Bytes) || needs.Whole(image, levels) <= Bytes;

    /// <summary>Whether the whole picture can be measured within the budget.</summary>
    internal bool IsWholeStyle(TensorShape image, IReadOnlyList<int> levels) =>
        needs.SurelyFits(image, Bytes) || needs.WholeStyle(image, levels) <= Bytes;

    /// <summary>The memory in bytes that a reader may use while it reads a picture.</summary>
    /// <param name="plan">The picture's plan; null if it is read whole, in which case its bytes are already counted.</param>
    /// <param name="held">Bytes that the reader already holds.</param>
    internal long LeftForReading(PicturePlan? plan, long held)
    {
        // The budget is for the device's own memory, but readers use the process's memory.
        if (own is not null)
            return Math.Max(0, (_usable.Safe / 2) - held);
        return Math.Max(0, Math.Max(Bytes, plan?.Bytes ?? 0) - (plan?.FixedBytes ?? needs.Base) - held);
    }

    /// <summary>A plan for a picture in tiles.</summary>
    /// <param name="image">[3, H, W], sides multiples of 16.</param>
    /// <param name="levels">At least one, in the order in which they run.</param>
    /// <param name="measureOnly">Whether only the features' moments are measured, as for a style.</param>
    /// <param name="held">Bytes that the reader holds until the picture is read.</param>
    /// <param name="wraps">Whether the picture repeats beyond its borders.</param>
    /// <exception cref="ArgumentException">Not even the smallest tiles fit; the message gives both numbers.</exception>
    /// <exception cref="InsufficientMemoryException">The process can't have enough memory, and the budget is null or larger than what it
    /// can have.</exception>
    internal PicturePlan Tiles(TensorShape image, IReadOnlyList<int> levels, bool measureOnly, long held = 0, bool wraps = false)
    {
        Dictionary<int, LevelTiles> tiles = levels.Distinct().ToDictionary(
            level => level, level => cascade.Tiles(level, image, measureOnly ? 0 : (demands?.Reach(level) ?? 0), wraps));
        int margin = measureOnly || wraps ? 0 : tiles.Values.Max(level => level.Halo());
        long packed = Backend.PackedBytes(checked(image.Height + margin), checked(image.Width + margin));
        // Tiles at one border need the old pixels at the other, so a picture that repeats is kept twice.
        long fixedBytes = needs.Base + (wraps ? 2 : 1) * packed;
        long least = fixedBytes + Math.Max(held, tiles.Values.Max(level => _levels.WithSide(level, 0, measureOnly).Bytes));
        // Checked before the budget, because a larger budget would not help here.
        if ((IsDefault || IsExcessive) && _usable.Most < least - MemoryNeeds.Slack)
        {
            throw new InsufficientMemoryException($"This process may take {_usable.Most} bytes of memory; "
                + $"a picture of {image.Width}x{image.Height} pixels needs {least - MemoryNeeds.Slack} at least.");
        }

        if (budget < least)
            throw new ArgumentException(
                $"The budget is {budget} bytes of memory; a picture of {image.Width}x{image.Height} pixels needs {least} at least.");

        long ample = fixedBytes + tiles.Values.Max(level => _levels.WithSide(level, AmpleSide, measureOnly).Bytes);
        // Never less than the minimum, because the safe amount is an estimate and there may be swap space.
        long bytes = Math.Max(IsDefault ? Math.Max(Bytes, Math.Min(ample, _usable.Safe)) : Bytes, least);
        Dictionary<int, LevelPlan> plans = tiles.ToDictionary(
            level => level.Key, level => _levels.Best(level.Value, bytes - fixedBytes, measureOnly)!);
        // A style's levels are measured once each, even if they are listed twice.
        long most = fixedBytes + plans.Values.Max(plan => plan.Bytes);
        return new PicturePlan([.. (measureOnly ? levels.Distinct() : levels).Select(level => plans[level])], margin, most)
        {
            FixedBytes = fixedBytes,
            Wraps = wraps,
        };
    }
}
