using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>Divides a picture so that it fits into a budget.</summary>
/// <param name="budget">Bytes of the whole process; null for what the device has of its own, else for
/// <see cref="StylizeOptions.DefaultMaxMemory"/>, or more where tiles would become too small.</param>
/// <param name="own">Bytes that a device has of its own; null where it has the process's memory.</param>
/// <param name="usable">What the process may take, which is the default where it is less; null to ask the system.</param>
internal sealed class TilePlanner(Backend backend, Cascade cascade, MemoryNeeds needs, long? budget, long? own, UsableMemory? usable = null)
{
    // Tiles of this side spend a third of the work on their halos at the deepest level, and little at the others.
    private const int AmpleSide = 768;

    private readonly LevelPlanner _levels = new(backend);

    // Asked once: a plan must not change its mind while it is made.
    private readonly UsableMemory _usable = usable ?? UsableMemory.Now;

    // A device's own memory is no wish of the caller's: tiles are made for it, and nobody is refused.
    private long Bytes => own is { } all
        ? Math.Min(budget ?? all, all)
        : budget is { } asked ? _usable.Allow(asked) : Math.Min(StylizeOptions.DefaultMaxMemory, _usable.Safe);

    private bool IsDefault => own is null && budget is null;

    // A device's own memory is another matter than the process's.
    private bool IsExcessive => own is null && budget > _usable.Most;

    /// <summary>A line about a budget of which the process can have only a part; null where it can have it all.</summary>
    internal string? Warning => IsExcessive
        ? $"The budget is {budget} bytes of memory, and this process can have {_usable.Most} at most; it keeps to those."
        : null;

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

    /// <summary>Bytes that are left, while a picture is read, to whoever reads it.</summary>
    /// <param name="plan">The picture's plan; null if it is read whole, and its bytes are counted in what is needed.</param>
    /// <param name="held">Bytes that the reader holds already.</param>
    internal long LeftForReading(PicturePlan? plan, long held)
    {
        // The budget may be a device's own memory, of which reading takes none.
        if (own is not null)
            return Math.Max(0, (_usable.Safe / 2) - held);
        return Math.Max(0, Math.Max(Bytes, plan?.Bytes ?? 0) - (plan?.FixedBytes ?? needs.Base) - held);
    }

    /// <summary>A plan for a picture in tiles.</summary>
    /// <exception cref="ArgumentException">Not even the smallest tiles fit; both numbers are named.</exception>
    /// <exception cref="InsufficientMemoryException">The same where no budget is given, or one that is larger than what the process can
    /// have, which isn't enough.</exception>
    /// <param name="held">Bytes that somebody else holds until the picture is read.</param>
    internal PicturePlan Tiles(TensorShape image, IReadOnlyList<int> levels, bool measureOnly, long held = 0)
    {
        Dictionary<int, LevelTiles> tiles = levels.Distinct().ToDictionary(level => level, level => cascade.Tiles(level, image));
        int margin = measureOnly ? 0 : tiles.Values.Max(level => level.Halo());
        long fixedBytes = needs.Base + Backend.PackedBytes(checked(image.Height + margin), checked(image.Width + margin));
        long least = fixedBytes + Math.Max(held, tiles.Values.Max(level => _levels.WithSide(level, 0, measureOnly).Bytes));
        // First what can't be had: a larger budget would not help.
        if ((IsDefault || IsExcessive) && _usable.Most < least - MemoryNeeds.Slack)
        {
            throw new InsufficientMemoryException($"This process may take {_usable.Most} bytes of memory; "
                + $"a picture of {image.Width}x{image.Height} pixels needs {least - MemoryNeeds.Slack} at least.");
        }

        if (budget < least)
            throw new ArgumentException(
                $"The budget is {budget} bytes of memory; a picture of {image.Width}x{image.Height} pixels needs {least} at least.");

        long ample = fixedBytes + tiles.Values.Max(level => _levels.WithSide(level, AmpleSide, measureOnly).Bytes);
        // Never below the least: what is safe is a guess, and there may be memory to swap.
        long bytes = Math.Max(IsDefault ? Math.Max(Bytes, Math.Min(ample, _usable.Safe)) : Bytes, least);
        Dictionary<int, LevelPlan> plans = tiles.ToDictionary(
            level => level.Key, level => _levels.Best(level.Value, bytes - fixedBytes, measureOnly)!);
        // Measuring a level twice would tell nothing new.
        long most = fixedBytes + plans.Values.Max(plan => plan.Bytes);
        return new PicturePlan([.. (measureOnly ? levels.Distinct() : levels).Select(level => plans[level])], margin, most)
        {
            FixedBytes = fixedBytes,
        };
    }
}
