using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>Divides a level's features into tiles, and finds the part of the picture that each tile needs.</summary>
internal sealed class LevelTiles
{
    // Tiles begin at multiples of this many feature pixels. Then the deepest layer has the same 4x4 blocks as without tiles.
    private const int Grain = 4;

    // Minimum side in pixels of the picture. A smaller tile would be little more than its halo.
    private const int LeastSide = 64;

    private readonly IReadOnlyList<GridRun> _encoder, _decoder;
    private readonly TensorShape _image;

    /// <param name="level">The level.</param>
    /// <param name="image">[3, H, W], sides multiples of 16.</param>
    /// <param name="encoder">The level's encoder; it may reach deeper levels.</param>
    /// <param name="decoder">The level's decoder.</param>
    internal LevelTiles(LevelModel level, TensorShape image, Encoder encoder, Decoder decoder)
    {
        (Level, _image, _encoder, _decoder) = (level.Level, image, encoder.Runs(level.Level), decoder.Runs());
        Factor = 1 << (level.Level - 1);
        Features = new TensorShape(level.Decoder.InChannels, image.Height / Factor, image.Width / Factor);
    }

    internal int Level { get; }

    /// <summary>Number of pixels of the picture per feature pixel, in each direction.</summary>
    internal int Factor { get; }

    /// <summary>Shape [C, h, w] of the whole picture's features.</summary>
    internal TensorShape Features { get; }

    /// <summary>The minimum side of a tile, in feature pixels.</summary>
    internal int Least => Math.Max(Grain, LeastSide / Factor);

    /// <summary>The side of a tile if a side of the features is divided into about that many parts.</summary>
    internal int Side(int length, int parts) => Math.Max(Least, ((length + parts - 1) / parts + Grain - 1) / Grain * Grain);

    /// <summary>The tiles' areas in the features, row by row.</summary>
    internal IEnumerable<Area> Areas(TileSize size)
    {
        for (int y = 0; y < Features.Height; y += size.Height)
        {
            for (int x = 0; x < Features.Width; x += size.Width)
                yield return new Area(
                    new Interval(y, Math.Min(y + size.Height, Features.Height)), new Interval(x, Math.Min(x + size.Width, Features.Width)));
        }
    }

    /// <summary>Number of tiles.</summary>
    internal int Count(TileSize size) =>
        ((Features.Height + size.Height - 1) / size.Height) * ((Features.Width + size.Width - 1) / size.Width);

    /// <summary>The tile that needs the most memory: one with neighbors on all sides, if there is one.</summary>
    internal Area Largest(TileSize size) => new(Largest(Features.Height, size.Height), Largest(Features.Width, size.Width));

    /// <summary>The path from the picture to some features.</summary>
    internal TilePath Encoding(Area features) => TilePath.To(features, _encoder, _image.Height, _image.Width);

    /// <summary>The path from features to the pixels of the picture that correspond to an area of them.</summary>
    internal TilePath Decoding(Area features) => TilePath.To(features.Times(Factor), _decoder, Features.Height, Features.Width);

    /// <summary>Number of pixels around a tile that its result depends on if its features are encoded again. An upper bound for all
    /// pictures.</summary>
    internal int Halo()
    {
        // A tile in the middle of a picture that is so large that no border cuts off the halo.
        const int Middle = 1024;
        Area tile = new(new Interval(Middle, Middle + Grain), new Interval(Middle, Middle + Grain));
        Area features = TilePath.To(tile.Times(Factor), _decoder, 2 * Middle, 2 * Middle).Input;
        Area picture = TilePath.To(features, _encoder, 2 * Middle * Factor, 2 * Middle * Factor).Input;
        Interval inner = tile.Times(Factor).Rows;
        return Math.Max(inner.First - picture.Rows.First, picture.Rows.End - inner.End);
    }

    private static Interval Largest(int length, int side)
    {
        int first = length > 2 * side ? side : 0;
        return new Interval(first, Math.Min(first + side, length));
    }
}

/// <summary>Sides of a tile, in feature pixels of a level.</summary>
internal readonly record struct TileSize(int Height, int Width);
