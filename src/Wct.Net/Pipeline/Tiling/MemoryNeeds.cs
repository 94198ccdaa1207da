using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>What stylizing takes without tiles, and with them.</summary>
/// <param name="outside">Bytes that others hold meanwhile: pictures given or asked for.</param>
internal sealed class MemoryNeeds(Backend backend, WctModel model, Cascade cascade, long outside)
{
    /// <summary>Bytes of the runtime: its code, compiled code, stacks, what waits for collection.</summary>
    internal const long Reserve = 128_000_000;

    /// <summary>Bytes of the reserve that are left when small pictures are done: nobody is refused for the lack of them.</summary>
    internal const long Slack = 64_000_000;

    /// <summary>What is there before anything is computed; of a device's own memory, none of what the process holds.</summary>
    internal long Base => backend.DeviceMemoryBudget is null ? Reserve + outside + model.Parameters * sizeof(float) : 0;

    /// <summary>Whether a picture so small needs no closer look: more than it can take, at a glance.</summary>
    internal bool FitsAtAGlance(TensorShape image, long bytes)
    {
        // The largest maps have the first block's channels at full size: two of them, and as much again for taps and smaller maps.
        int channels = Math.Max(16, model.Levels.Max(level => level.Encoder.Convolutions[1].OutChannels));
        return Base + 5 * model.Parameters * sizeof(float) + image.Pixels * 16L * (channels + 4) + 64_000_000 <= bytes;
    }

    /// <summary>Bytes for running the levels on a whole picture, all networks packed.</summary>
    internal long Whole(TensorShape image, IReadOnlyList<int> levels)
    {
        long most = 0;
        foreach (LevelTiles tiles in levels.Distinct().Select(level => cascade.Tiles(level, image)))
        {
            Area all = Area.Of(tiles.Features);
            PathCost encoding = PathCost.Of(tiles.Encoding(all), backend), decoding = PathCost.Of(tiles.Decoding(all), backend);
            long maps = Math.Max(2 * backend.BytesOf(tiles.Features), Math.Max(encoding.Maps, decoding.Maps));
            long scratch = Math.Max(Math.Max(encoding.Scratch, decoding.Scratch), backend.MomentsScratchBytes(tiles.Features));
            most = Math.Max(most, maps + scratch + Squares(tiles));
        }

        return Base + Networks(image, levels) + backend.BytesOf(image) + most;
    }

    /// <summary>Bytes for measuring a whole picture at some levels; shared encoders hold all their taps at once.</summary>
    internal long WholeStyle(TensorShape image, IReadOnlyList<int> levels)
    {
        LevelTiles[] tiles = [.. levels.Distinct().Select(level => cascade.Tiles(level, image))];
        long taps = tiles.Sum(level => backend.BytesOf(level.Features) + Squares(level));
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
