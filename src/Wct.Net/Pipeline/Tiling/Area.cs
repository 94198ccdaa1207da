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

    /// <summary>Where this area lies in a tensor that holds <paramref name="whole"/>.</summary>
    internal Region Within(Area whole) => new(Rows.First - whole.Rows.First, Columns.First - whole.Columns.First, Rows.Length, Columns.Length);
}
