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
    /// <param name="reach">How many feature pixels around a tile its transformed features depend on.</param>
    /// <param name="wraps">Whether the picture repeats beyond its borders, instead of being reflected there.</param>
    internal LevelTiles(LevelModel level, TensorShape image, Encoder encoder, Decoder decoder, int reach = 0, bool wraps = false)
    {
        Reach = reach;
        (Level, _encoder, _decoder) = (level.Level, encoder.Runs(level.Level), decoder.Runs());
        Factor = 1 << (level.Level - 1);
        Own = new TensorShape(level.Decoder.InChannels, image.Height / Factor, image.Width / Factor);
        // A picture that repeats is computed as the middle of a larger one, whose borders are too far away to matter.
        int grain = Grain * Factor;
        Margin = wraps ? (Halo() + grain - 1) / grain * grain : 0;
        _image = new TensorShape(image.Channels, checked(image.Height + 2 * Margin), checked(image.Width + 2 * Margin));
        Features = new TensorShape(Own.Channels, _image.Height / Factor, _image.Width / Factor);
    }

    internal int Level { get; }

    /// <summary>Number of pixels of the picture per feature pixel, in each direction.</summary>
    internal int Factor { get; }

    /// <summary>How many feature pixels around a tile its transformed features depend on.</summary>
    internal int Reach { get; }

    /// <summary>Pixels of the picture around its own, which repeat it; 0 if it doesn't repeat.</summary>
    internal int Margin { get; }

    /// <summary>Shape [C, h, w] of the features of the picture's own pixels.</summary>
    internal TensorShape Own { get; }

    /// <summary>Shape [C, h, w] of the features of the picture with its margin.</summary>
    internal TensorShape Features { get; }

    /// <summary>The minimum side of a tile, in feature pixels.</summary>
    internal int Least => Math.Max(Grain, LeastSide / Factor);

    /// <summary>The side of a tile if a side of the features is divided into about that many parts.</summary>
    internal int Side(int length, int parts) => Math.Max(Least, ((length + parts - 1) / parts + Grain - 1) / Grain * Grain);

    /// <summary>The tiles' areas in the features with their margin, row by row.</summary>
    internal IEnumerable<Area> Areas(TileSize size)
    {
        int first = Margin / Factor, bottom = first + Own.Height, right = first + Own.Width;
        for (int y = first; y < bottom; y += size.Height)
        {
            for (int x = first; x < right; x += size.Width)
                yield return new Area(
                    new Interval(y, Math.Min(y + size.Height, bottom)), new Interval(x, Math.Min(x + size.Width, right)));
        }
    }

    /// <summary>Number of tiles.</summary>
    internal int Count(TileSize size) =>
        ((Own.Height + size.Height - 1) / size.Height) * ((Own.Width + size.Width - 1) / size.Width);

    /// <summary>The tile that needs the most memory: one with neighbors on all sides, if there is one.</summary>
    internal Area Largest(TileSize size) => new(Largest(Own.Height, size.Height), Largest(Own.Width, size.Width));

    /// <summary>The path from the picture to some features.</summary>
    internal TilePath Encoding(Area features) => TilePath.To(features, _encoder, _image.Height, _image.Width);

    /// <summary>The path from features to the pixels of the picture that correspond to an area of them.</summary>
    internal TilePath Decoding(Area features) => TilePath.To(features.Times(Factor), _decoder, Features.Height, Features.Width);

    /// <summary>The features on which the transformed features of an area depend.</summary>
    internal Area Needed(Area features) => new(
        features.Rows.Grown(Reach, grain: 1, Features.Height), features.Columns.Grown(Reach, grain: 1, Features.Width));

    /// <summary>Number of pixels around a tile that its result depends on if its features are encoded again. An upper bound for all
    /// pictures.</summary>
    internal int Halo()
    {
        // A tile in the middle of a picture that is so large that no border cuts off the halo.
        const int Middle = 1024;
        Area tile = new(new Interval(Middle, Middle + Grain), new Interval(Middle, Middle + Grain));
        Area decoded = TilePath.To(tile.Times(Factor), _decoder, 2 * Middle, 2 * Middle).Input;
        Area features = new(decoded.Rows.Grown(Reach, grain: 1, 2 * Middle), decoded.Columns.Grown(Reach, grain: 1, 2 * Middle));
        Area picture = TilePath.To(features, _encoder, 2 * Middle * Factor, 2 * Middle * Factor).Input;
        Interval inner = tile.Times(Factor).Rows;
        return Math.Max(inner.First - picture.Rows.First, picture.Rows.End - inner.End);
    }

    private Interval Largest(int length, int side)
    {
        int margin = Margin / Factor, first = length > 2 * side ? side : 0;
        return new Interval(margin + first, margin + Math.Min(first + side, length));
    }
}

/// <summary>Sides of a tile, in feature pixels of a level.</summary>
internal readonly record struct TileSize(int Height, int Width);
