using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>Estimates the memory that stylizing takes.</summary>
/// <param name="backend">The backend that computes.</param>
/// <param name="model">The weights, which count as memory.</param>
/// <param name="cascade">The model's networks on the backend.</param>
/// <param name="outside">Bytes of the pictures that are passed to the call or returned by it.</param>
/// <param name="demands">What the levels' transforms need; null for <see cref="LevelDemands.None"/>.</param>
internal sealed class MemoryNeeds(Backend backend, WctModel model, Cascade cascade, long outside, LevelDemands? demands = null)
{
    private readonly LevelDemands _demands = demands ?? LevelDemands.None;

    /// <summary>Memory of the runtime in bytes: its code, compiled code, stacks, and garbage that was not collected yet.</summary>
    internal const long Reserve = 128_000_000;

    /// <summary>The part of the reserve that small pictures don't use. A call is not refused because these bytes are missing.</summary>
    internal const long Slack = 64_000_000;

    /// <summary>Memory that is used before anything is computed; 0 for a device's own memory.</summary>
    internal long Base => backend.DeviceMemoryBudget is null ? Reserve + outside + model.Parameters * sizeof(float) : 0;

    /// <summary>Whether a picture is so small that it certainly fits. A quick upper bound that saves the exact count.</summary>
    internal bool SurelyFits(TensorShape image, long bytes)
    {
        if (!_demands.IsNone)
            return false;
        // The largest maps have the first block's channels at full size. Counts two of them, and as much again for taps and smaller maps.
        int channels = Math.Max(16, model.Levels.Max(level => level.Encoder.Convolutions[1].OutChannels));
        return Base + 5 * model.Parameters * sizeof(float) + image.Pixels * 16L * (channels + 4) + 64_000_000 <= bytes;
    }

    /// <summary>Bytes for running the levels on a whole picture, with all networks packed.</summary>
    internal long Whole(TensorShape image, IReadOnlyList<int> levels)
    {
        long most = 0;
        foreach (LevelTiles tiles in levels.Distinct().Select(level => cascade.Tiles(level, image)))
        {
            Area all = Area.Of(tiles.Features);
            PathCost encoding = PathCost.Of(tiles.Encoding(all), backend), decoding = PathCost.Of(tiles.Decoding(all), backend);
            long maps = Math.Max(2 * backend.BytesOf(tiles.Features), Math.Max(encoding.Maps, decoding.Maps));
            long scratch = Math.Max(Math.Max(encoding.Scratch, decoding.Scratch), backend.MomentsScratchBytes(tiles.Features));
            most = Math.Max(most, maps + scratch + Squares(tiles) + _demands.Transforming(backend, tiles.Level, tiles.Features));
        }

        return Base + Networks(image, levels) + backend.BytesOf(image) + most;
    }

    /// <summary>Bytes for measuring a whole picture at some levels. Shared encoders hold all their taps at once.</summary>
    internal long WholeStyle(TensorShape image, IReadOnlyList<int> levels)
    {
        LevelTiles[] tiles = [.. levels.Distinct().Select(level => cascade.Tiles(level, image))];
        long taps = tiles.Sum(level => backend.BytesOf(level.Features) + Squares(level) + _demands.Keeping(level.Level, level.Features));
        return Base + Networks(image, levels) + backend.BytesOf(image) + taps + tiles.Max(level =>
        {
            PathCost encoding = PathCost.Of(level.Encoding(Area.Of(level.Features)), backend);
            return encoding.Maps + Math.Max(encoding.Scratch, backend.MomentsScratchBytes(level.Features));
        });
    }

    private long Networks(TensorShape image, IReadOnlyList<int> levels)
    {
        long encoders = levels.GroupBy(level => model.Levels.First(own => own.Level == level).Encoder)
            .Sum(group => PathCost.Of(All(cascade.Tiles(group.Max(), image), decode: false), backend).Weights);
        return encoders + levels.Distinct().Sum(level => PathCost.Of(All(cascade.Tiles(level, image), decode: true), backend).Weights);
    }

    private static TilePath All(LevelTiles tiles, bool decode) =>
        decode ? tiles.Decoding(Area.Of(tiles.Features)) : tiles.Encoding(Area.Of(tiles.Features));

    private static long Squares(LevelTiles tiles) => LevelPlanner.Squares(tiles.Features.Channels);
}
