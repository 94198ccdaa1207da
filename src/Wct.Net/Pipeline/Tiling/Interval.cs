namespace Wct.Net.Pipeline.Tiling;

/// <summary>Neighboring pixels of a side: <paramref name="First"/> to <paramref name="End"/> - 1.</summary>
internal readonly record struct Interval(int First, int End)
{
    internal int Length => End - First;

    /// <summary>The same pixels of a map enlarged by a whole factor.</summary>
    internal Interval Times(int factor) => new(checked(First * factor), checked(End * factor));

    /// <summary>The pixels of a map reduced by two that hold these.</summary>
    internal Interval Halved => new(First / 2, (End + 1) / 2);

    /// <summary>The shortest stretch that holds both.</summary>
    internal Interval Or(Interval other) => new(Math.Min(First, other.First), Math.Max(End, other.End));

    /// <summary>With so many more pixels at both ends, moved outwards to multiples of <paramref name="grain"/>, but within the side.</summary>
    internal Interval Grown(int reach, int grain, int length)
    {
        int first = Math.Max(0, First - reach), end = Math.Min(length, End + reach);
        return new Interval(first / grain * grain, (int)Math.Min(length, (end + grain - 1L) / grain * grain));
    }
}
