using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>How a picture is done by tiles.</summary>
/// <param name="Levels">In the order in which they run.</param>
/// <param name="Margin">Rows and columns that the kept picture has more than the picture, for being replaced in place.</param>
/// <param name="Bytes">What it takes at most, with all that is there before.</param>
internal sealed record PicturePlan(IReadOnlyList<LevelPlan> Levels, int Margin, long Bytes)
{
    /// <summary>What of these bytes is there before the first tile: the runtime, the weights, the picture between the levels.</summary>
    internal long FixedBytes { get; init; }

    /// <summary>Additions and multiplications in all, exactly as they will be counted.</summary>
    internal double Operations(bool measureOnly) => Levels.Sum(plan => plan.Tiles.Areas(plan.Size).Sum(area =>
    {
        double sum = Sum(plan.Tiles.Encoding(area));
        if (measureOnly)
            return sum;
        TilePath decoding = plan.Tiles.Decoding(area);
        return sum + Sum(decoding) + (plan.Keeps ? 0 : Sum(plan.Tiles.Encoding(decoding.Input)));
    }));

    private static double Sum(TilePath path) =>
        path.Runs.Zip(path.Grids, (run, grid) => run.Shapes(run.InputOf(grid)).Sum(step => step.Step.Operations(step.Input))).Sum();
}

/// <summary>How a level is done by tiles.</summary>
/// <param name="Keeps">Whether the features are kept after they were measured; else they are computed again for the second pass.</param>
/// <param name="Workspace">Bytes for a tile's maps.</param>
/// <param name="Operations">Additions and multiplications, about.</param>
/// <param name="Bytes">What is in use at most beside the picture and what lasts longer than the level.</param>
internal sealed record LevelPlan(LevelTiles Tiles, TileSize Size, bool Keeps, long Workspace, double Operations, long Bytes);

/// <summary>What a tile's way through a network takes.</summary>
/// <param name="Operations">Additions and multiplications.</param>
/// <param name="Maps">Bytes of the maps that exist at a time: of a chain's, the two largest neighbors, input and output included.</param>
/// <param name="Output">Bytes of the last of them.</param>
/// <param name="Scratch">Bytes that a layer takes while it runs.</param>
/// <param name="Weights">Bytes of the weights as the backend packs them.</param>
internal readonly record struct PathCost(double Operations, long Maps, long Output, long Scratch, long Weights)
{
    internal static PathCost Of(TilePath path, Backend backend)
    {
        double operations = 0;
        long maps = 0, scratch = 0, weights = 0, output = 0;
        for (int i = 0; i < path.Runs.Count; i++)
        {
            GridRun run = path.Runs[i];
            Area area = run.InputOf(path.Grids[i]);
            long input = backend.BytesOf(area.Shape(run.InputChannels));
            // What is cut lies beside what it is cut from.
            maps = Math.Max(maps, output == input ? input : output + input);
            Lifetimes lifetimes = new(run.Steps, [run.Output]);
            Dictionary<int, long> live = new() { [run.Input] = input };
            foreach ((NetworkStep step, TensorShape from, TensorShape to) in run.Shapes(area))
            {
                operations += step.Operations(from);
                scratch = Math.Max(scratch, step.ScratchBytes(backend, from));
                weights += step.WeightBytes(backend);
                output = backend.BytesOf(to);
                live.Add(step.Index, output);
                maps = Math.Max(maps, live.Values.Sum());
                foreach (int ended in step.Inputs.Where(input => lifetimes.EndsWith(step, input)))
                    live.Remove(ended);
            }
        }

        return new PathCost(operations, maps, output, scratch, weights);
    }
}
