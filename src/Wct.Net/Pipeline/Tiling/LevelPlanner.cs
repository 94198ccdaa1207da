using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>Chooses a level's tiles: of the tile sizes that fit into memory, the one with the least work.</summary>
/// <param name="backend">The backend that computes.</param>
/// <param name="demands">What the level's transforms need; null for <see cref="LevelDemands.None"/>.</param>
internal sealed class LevelPlanner(Backend backend, LevelDemands? demands = null)
{
    private readonly LevelDemands _demands = demands ?? LevelDemands.None;

    // Number of [C, C] matrices of doubles for the covariance, its eigenvectors, powers, the transform and the solver's scratch memory.
    private const int SquareMatrices = 16;

    /// <summary>Bytes of the transform's matrices.</summary>
    internal static long Squares(int channels) => (long)channels * channels * sizeof(double) * SquareMatrices;

    /// <summary>The plan with the least work that fits into a number of bytes; null if not even the smallest tiles fit.</summary>
    /// <param name="tiles">The level.</param>
    /// <param name="bytes">Memory for the level, without the picture and other memory that outlasts it.</param>
    /// <param name="measureOnly">Whether only the features' moments are measured.</param>
    internal LevelPlan? Best(LevelTiles tiles, long bytes, bool measureOnly)
    {
        LevelPlan? best = null;
        int most = Parts(tiles, tiles.Own.Height);
        foreach (bool keeps in measureOnly || tiles.Margin > 0 ? (bool[])[false] : [true, false])
        {
            for (int parts = 1; parts <= most; parts++)
            {
                if (Widest(tiles, parts, keeps, bytes, measureOnly) is { } plan && (best is null || plan.Operations < best.Operations))
                    best = plan;
            }
        }

        return best;
    }

    /// <summary>The plan with tiles of about that side length.</summary>
    /// <param name="tiles">The level.</param>
    /// <param name="side">The side length in pixels of the picture; 0 for the smallest tiles.</param>
    /// <param name="measureOnly">Whether only the features' moments are measured.</param>
    /// <param name="keeps">Whether the features are kept after they were measured.</param>
    internal LevelPlan WithSide(LevelTiles tiles, int side, bool measureOnly, bool keeps = false)
    {
        int own = Math.Max(tiles.Least, side / tiles.Factor / tiles.Least * tiles.Least);
        return Plan(tiles, new TileSize(
            Math.Min(own, Whole(tiles.Own.Height)), Math.Min(own, Whole(tiles.Own.Width))), keeps, measureOnly);
    }

    // For given rows, the widest tile that fits has the least halo. Found by bisection, because wider tiles take more memory.
    private LevelPlan? Widest(LevelTiles tiles, int rowParts, bool keeps, long bytes, bool measureOnly)
    {
        int height = tiles.Side(tiles.Own.Height, rowParts), few = 1, many = Parts(tiles, tiles.Own.Width);
        LevelPlan? found = null;
        while (few <= many)
        {
            int parts = (few + many) / 2;
            LevelPlan plan = Plan(tiles, new TileSize(height, tiles.Side(tiles.Own.Width, parts)), keeps, measureOnly);
            if (plan.Bytes <= bytes)
                (found, many) = (plan, parts - 1);
            else
                few = parts + 1;
        }

        return found;
    }

    private LevelPlan Plan(LevelTiles tiles, TileSize size, bool keeps, bool measureOnly)
    {
        Area tile = tiles.Largest(size);
        int channels = tiles.Features.Channels;
        PathCost encoding = PathCost.Of(tiles.Encoding(tile), backend);
        long kept = keeps ? backend.BytesOf(tiles.Features) : 0;
        long moments = backend.MomentsScratchBytes(tile.Shape(channels));
        long first = encoding.Weights + Math.Max(encoding.Scratch, moments) + encoding.Maps, workspace = encoding.Maps;
        double operations = encoding.Operations;
        long second = 0;
        if (measureOnly)
            kept += _demands.Keeping(tiles.Level, tiles.Features) + (_demands.Keeping(tiles.Level, tile.Shape(channels)) * 2);
        if (!measureOnly)
        {
            TilePath decodingPath = tiles.Decoding(tile);
            TensorShape needed = tiles.Needed(decodingPath.Input).Shape(channels);
            PathCost decoding = PathCost.Of(decodingPath, backend),
                again = keeps ? default : PathCost.Of(tiles.Encoding(tiles.Needed(decodingPath.Input)), backend);
            // Features are in memory together with the map that they are cut from, or with their transformed copy.
            long own = backend.BytesOf(needed), features = own + Math.Max(own, again.Output);
            long maps = Math.Max(features, Math.Max(decoding.Maps, again.Maps));
            workspace = Math.Max(workspace, maps);
            second = decoding.Weights + again.Weights + Math.Max(decoding.Scratch, again.Scratch) + maps + MapBytes(channels, decodingPath)
                + _demands.Transforming(backend, tiles.Level, needed);
            operations += decoding.Operations + again.Operations;
        }

        return new LevelPlan(
            tiles, size, keeps, workspace, operations * tiles.Count(size), kept + Squares(channels) + Math.Max(first, second));
    }

    // Bytes of the affine map, separate or folded into the first layer.
    private long MapBytes(int channels, TilePath decoding) =>
        Math.Max(backend.BytesOf(new ConvolutionShape(channels, channels, 1)), decoding.Runs[0].Steps[0].Operation.WeightBytes(backend));

    private static int Parts(LevelTiles tiles, int length) => (length + tiles.Least - 1) / tiles.Least;

    private static int Whole(int length) => (length + 3) / 4 * 4;
}
