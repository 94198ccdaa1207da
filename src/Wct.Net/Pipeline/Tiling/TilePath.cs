namespace Wct.Net.Pipeline.Tiling;

/// <summary>A tile's path through a network: the region of each map that must be computed so that the wanted pixels are the same as without
/// tiles.</summary>
/// <remarks>
/// At the picture's borders regions end, and layers pad by reflection as they do without tiles. At a region's other edges layers also pad
/// by reflection, which makes outputs near the edge wrong, as far as the layer reaches. So regions are larger by that reach (the halo), and
/// the wrong pixels are cut off.
/// </remarks>
/// <param name="Runs">The network's layers, grouped by resolution.</param>
/// <param name="Grids">The area that is computed, per run of layers, on the run's grid.</param>
/// <param name="Input">The area that the first run reads.</param>
/// <param name="Output">The area that the last run gives, which contains the wanted pixels.</param>
internal sealed record TilePath(IReadOnlyList<GridRun> Runs, IReadOnlyList<Area> Grids, Area Input, Area Output)
{
    /// <summary>Number of additions and multiplications, exactly as a run reports them.</summary>
    internal double Operations => Runs.Zip(Grids, (run, grid) => run.Shapes(run.InputOf(grid)).Sum(step => step.Work)).Sum();

    /// <param name="wanted">The wanted pixels of the network's output.</param>
    /// <param name="runs">The network's layers, grouped by resolution.</param>
    /// <param name="height">Rows of the network's input.</param>
    /// <param name="width">Columns of the network's input.</param>
    internal static TilePath To(Area wanted, IReadOnlyList<GridRun> runs, int height, int width)
    {
        Interval[] rows = Sides(runs, wanted.Rows, height), columns = Sides(runs, wanted.Columns, width);
        Area[] grids = [.. rows.Zip(columns, (y, x) => new Area(y, x))];
        return new TilePath(runs, grids, runs[0].InputOf(grids[0]), runs[^1].OutputOf(grids[^1]));
    }

    // Goes from the last run to the first. The interval that must be correct grows by each run's reach. The interval that is computed
    // covers it and the next run's input, extended outward to the grain.
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
