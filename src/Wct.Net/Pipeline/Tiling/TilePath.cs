namespace Wct.Net.Pipeline.Tiling;

/// <summary>A tile's way through a network: what is computed of each map so that the pixels wanted come out as they would without
/// tiles.</summary>
/// <remarks>
/// Regions end at the picture's borders, where every layer reflects as it does without tiles. At other ends a layer reflects as well, and
/// its outputs there are wrong by as many pixels as it reaches: the regions are so much larger (the halo) and what is wrong is cut away.
/// </remarks>
/// <param name="Grids">Per run of layers what is computed, on its grid.</param>
/// <param name="Input">What the first run needs.</param>
/// <param name="Output">What comes out; holds what is wanted.</param>
internal sealed record TilePath(IReadOnlyList<GridRun> Runs, IReadOnlyList<Area> Grids, Area Input, Area Output)
{
    /// <param name="runs">The network's layers.</param>
    /// <param name="wanted">Pixels of its output.</param>
    /// <param name="height">Rows of its input.</param>
    /// <param name="width">Columns of its input.</param>
    internal static TilePath To(Area wanted, IReadOnlyList<GridRun> runs, int height, int width)
    {
        Interval[] rows = Sides(runs, wanted.Rows, height), columns = Sides(runs, wanted.Columns, width);
        Area[] grids = [.. rows.Zip(columns, (y, x) => new Area(y, x))];
        return new TilePath(runs, grids, runs[0].InputOf(grids[0]), runs[^1].OutputOf(grids[^1]));
    }

    // From the last run to the first. What must be right grows by each run's reach; what is computed covers that and what the next run
    // computes, moved outwards to the grain.
    private static Interval[] Sides(IReadOnlyList<GridRun> runs, Interval wanted, int length)
    {
        int[] lengths = new int[runs.Count];
        for (int i = 0; i < runs.Count; length = runs[i++].OutputLength(length))
            lengths[i] = length;
        Interval[] grids = new Interval[runs.Count];
        Interval right = wanted, covered = wanted;
        for (int i = runs.Count - 1; i >= 0; i--)
        {
            (right, grids[i]) = runs[i].Grid(right, covered, lengths[i]);
            covered = grids[i];
            if (runs[i].Enlarges)
                (right, covered) = (right.Halved, covered.Halved);
        }

        return grids;
    }
}
