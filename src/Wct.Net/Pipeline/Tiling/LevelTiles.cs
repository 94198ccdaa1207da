using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>A level's features divided into tiles, and what each of them needs of the picture.</summary>
internal sealed class LevelTiles
{
    // Features whose first pixels are multiples of this: the deepest layer's blocks of 4x4 then fall as they do without tiles.
    private const int Grain = 4;

    // In pixels of the picture; below, a tile is little more than its halo.
    private const int LeastSide = 64;

    private readonly IReadOnlyList<GridRun> _encoder, _decoder;
    private readonly TensorShape _image;

    /// <param name="image">[3, H, W], sides multiples of 16.</param>
    internal LevelTiles(LevelModel level, TensorShape image, Encoder encoder, Decoder decoder)
    {
        (Level, _image, _encoder, _decoder) = (level.Level, image, encoder.Runs(level.Level), decoder.Runs());
        Factor = 1 << (level.Level - 1);
        Features = new TensorShape(level.Decoder.InChannels, image.Height / Factor, image.Width / Factor);
    }

    internal int Level { get; }

    /// <summary>Pixels of the picture per pixel of the features, in each direction.</summary>
    internal int Factor { get; }

    /// <summary>[C, h, w] of the whole picture.</summary>
    internal TensorShape Features { get; }

    /// <summary>The least side of a tile, in pixels of the features.</summary>
    internal int Least => Math.Max(Grain, LeastSide / Factor);

    /// <summary>The side of a tile when a side of the features is divided into about so many.</summary>
    internal int Side(int length, int parts) => Math.Max(Least, ((length + parts - 1) / parts + Grain - 1) / Grain * Grain);

    /// <summary>Areas of the features, row by row.</summary>
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

    /// <summary>A tile that needs as much as any: one with neighbors all around, if there is one.</summary>
    internal Area Largest(TileSize size) => new(Largest(Features.Height, size.Height), Largest(Features.Width, size.Width));

    /// <summary>From the picture to some features.</summary>
    internal TilePath Encoding(Area features) => TilePath.To(features, _encoder, _image.Height, _image.Width);

    /// <summary>From features to the picture's pixels that belong to some of them.</summary>
    internal TilePath Decoding(Area features) => TilePath.To(features.Times(Factor), _decoder, Features.Height, Features.Width);

    /// <summary>Pixels of the picture around a tile that its result depends on, when features are computed anew; in any picture.</summary>
    internal int Halo()
    {
        // In the middle of a picture so large that no border cuts it off.
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

/// <summary>Sides of a tile, in pixels of a level's features.</summary>
internal readonly record struct TileSize(int Height, int Width);
