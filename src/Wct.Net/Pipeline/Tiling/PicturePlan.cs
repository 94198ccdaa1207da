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

    private static double Sum(TilePath path)
    {
        double sum = 0;
        for (int i = 0; i < path.Runs.Count; i++)
        {
            TensorShape shape = path.Runs[i].Input(path.Grids[i]).Shape(1);
            foreach (NetworkStep step in path.Runs[i].Steps)
            {
                sum += step.Operations(shape);
                shape = step.After(shape);
            }
        }

        return sum;
    }
}
