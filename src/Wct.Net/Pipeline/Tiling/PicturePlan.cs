using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>How a picture is computed in tiles.</summary>
/// <param name="Levels">In the order in which they run.</param>
/// <param name="Margin">Extra rows and columns of the kept picture, which allow it to be replaced in place.</param>
/// <param name="Bytes">Peak memory in bytes, including memory that is used before the first tile.</param>
internal sealed record PicturePlan(IReadOnlyList<LevelPlan> Levels, int Margin, long Bytes)
{
    /// <summary>The part of <see cref="Bytes"/> that is used before the first tile: the runtime, the weights, the picture between the
    /// levels.</summary>
    internal long FixedBytes { get; init; }

    /// <summary>Whether the picture repeats beyond its borders.</summary>
    internal bool Wraps { get; init; }

    /// <summary>Total number of additions and multiplications, exactly as the tiles will report them.</summary>
    internal double Operations(bool measureOnly) => Levels.Sum(plan => plan.Tiles.Areas(plan.Size).Sum(area =>
    {
        double sum = plan.Tiles.Encoding(area).Operations;
        if (measureOnly)
            return sum;
        TilePath decoding = plan.Tiles.Decoding(area);
        return sum + decoding.Operations + (plan.Keeps ? 0 : plan.Tiles.Encoding(plan.Tiles.Needed(decoding.Input)).Operations);
    }));
}

/// <summary>How a level is computed in tiles.</summary>
/// <param name="Tiles">The level's features and the paths of its tiles.</param>
/// <param name="Size">Sides of a tile.</param>
/// <param name="Keeps">Whether the features are kept after they were measured; otherwise the second pass computes them again.</param>
/// <param name="Workspace">Bytes for a tile's maps.</param>
/// <param name="Operations">Approximate number of additions and multiplications.</param>
/// <param name="Bytes">Peak memory in bytes, without the picture and other memory that outlasts the level.</param>
internal sealed record LevelPlan(LevelTiles Tiles, TileSize Size, bool Keeps, long Workspace, double Operations, long Bytes);

/// <summary>Work and memory of a tile's path through a network.</summary>
/// <param name="Operations">Number of additions and multiplications.</param>
/// <param name="Maps">Peak memory of the maps in bytes, including input and output. For a chain of layers, these are the two largest
/// neighbors.</param>
/// <param name="Output">Bytes of the last map.</param>
/// <param name="Scratch">The largest scratch memory of a layer, in bytes.</param>
/// <param name="Weights">Bytes of the packed weights.</param>
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
            // The part that is cut out is in memory together with the map that it is cut from.
            maps = Math.Max(maps, output == input ? input : output + input);
            Lifetimes lifetimes = new(run.Steps, [run.Output]);
            Dictionary<int, long> live = new() { [run.Input] = input };
            foreach ((NetworkStep step, TensorShape[] from, TensorShape to) in run.Shapes(area))
            {
                operations += step.Operation.Work(from);
                scratch = Math.Max(scratch, step.Operation.ScratchBytes(backend, from));
                weights += step.Operation.WeightBytes(backend);
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
