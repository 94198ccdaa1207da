using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>A rectangle of a map's pixels, in the map's own coordinates.</summary>
internal readonly record struct Area(Interval Rows, Interval Columns)
{
    internal static Area Of(TensorShape shape) => new(new Interval(0, shape.Height), new Interval(0, shape.Width));

    internal long Pixels => (long)Rows.Length * Columns.Length;

    internal TensorShape Shape(int channels) => new(channels, Rows.Length, Columns.Length);

    internal Area Times(int factor) => new(Rows.Times(factor), Columns.Times(factor));

    internal Area Halved => new(Rows.Halved, Columns.Halved);

    /// <summary>The same pixels in coordinates whose origin lies that many pixels further down and to the right.</summary>
    internal Area Minus(int pixels) => new(Rows.Minus(pixels), Columns.Minus(pixels));

    /// <summary>The position of this area in a tensor that holds <paramref name="whole"/>.</summary>
    internal Region Within(Area whole) =>
        new(Rows.First - whole.Rows.First, Columns.First - whole.Columns.First, Rows.Length, Columns.Length);
}

/// <summary>A range of rows or columns, from <paramref name="First"/> to <paramref name="End"/> - 1.</summary>
internal readonly record struct Interval(int First, int End)
{
    internal int Length => End - First;

    /// <summary>The same pixels in a map that is enlarged by a whole factor.</summary>
    internal Interval Times(int factor) => new(checked(First * factor), checked(End * factor));

    /// <summary>The same pixels, counted from another origin.</summary>
    internal Interval Minus(int pixels) => new(First - pixels, End - pixels);

    /// <summary>The pixels that cover these in a map that is reduced by two.</summary>
    internal Interval Halved => new(First / 2, (End + 1) / 2);

    /// <summary>The shortest interval that contains both.</summary>
    internal Interval Or(Interval other) => new(Math.Min(First, other.First), Math.Max(End, other.End));

    /// <summary>Extends the interval by <paramref name="reach"/> pixels at both ends, then outward to multiples of
    /// <paramref name="grain"/>, but not beyond the side's length.</summary>
    internal Interval Grown(int reach, int grain, int length)
    {
        int first = Math.Max(0, First - reach), end = Math.Min(length, End + reach);
        return new Interval(first / grain * grain, (int)Math.Min(length, (end + grain - 1L) / grain * grain));
    }
}
