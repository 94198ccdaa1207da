using System.Numerics;

namespace Wct.Samples.Mosaics;

/// <summary>Places stones of nearly equal size along the motif's lines; no stone crosses the border of two parts.</summary>
/// <remarks>
/// The stones are cells of a Voronoi diagram whose distance measure is rotated along the lines, so that cells become squares. Repeatedly
/// moving each stone to the center of its cell makes the cells uniform.
/// </remarks>
internal sealed class Tiling
{
    private readonly int _side;
    private readonly List<int>[] _buckets;
    private readonly int _bucketsPerSide;

    /// <summary>Places stones at random, as many as fit.</summary>
    /// <param name="side">Pixels per row of the raster on which cells are computed.</param>
    /// <param name="stone">Side of a stone, in pixels of the raster.</param>
    internal Tiling(int side, int stone)
    {
        _side = side;
        Stone = (float)stone / side;
        _bucketsPerSide = (side + stone - 1) / stone;
        _buckets = new List<int>[_bucketsPerSide * _bucketsPerSide];
        Fill();
        for (int i = 0; i < 30000; i++)
        {
            Seed seed = Motif.At(new Vector2(Noise.Random(i, 0, 11), Noise.Random(i, 1, 11)));
            Nearest nearest = Find(seed.Place, seed.Part);
            if (nearest.Seed < 0 || nearest.Distance >= 0.82f * Stone)
                Add(seed);
        }
    }

    /// <summary>Side of a stone, relative to the picture's side.</summary>
    internal float Stone { get; }

    /// <summary>The stones.</summary>
    internal List<Seed> Seeds { get; } = [];

    /// <summary>Moves each stone to the center of its cell, <paramref name="rounds"/> times.</summary>
    internal void Relax(int rounds)
    {
        int[] owner = new int[_side * _side];
        for (int round = 0; round < rounds; round++)
        {
            Parallel.For(0, _side, y =>
            {
                for (int x = 0; x < _side; x++)
                    owner[(y * _side) + x] = Find(Pixel(x, y)).Seed;
            });
            Vector2[] sum = new Vector2[Seeds.Count];
            int[] count = new int[Seeds.Count];
            for (int i = 0; i < owner.Length; i++)
            {
                if (owner[i] < 0)
                    continue;
                sum[owner[i]] += Pixel(i % _side, i / _side);
                count[owner[i]]++;
            }

            Seed[] old = [.. Seeds];
            Seeds.Clear();
            Fill();
            for (int i = 0; i < old.Length; i++)
                Add(Moved(old[i], count[i] == 0 ? old[i].Place : sum[i] / count[i]));
        }
    }

    /// <summary>Finds the stone to which a point belongs: the nearest of the same part.</summary>
    internal Nearest Find(Vector2 p) => Find(p, Motif.PartAt(p));

    private Nearest Find(Vector2 p, int part)
    {
        int best = -1, column = Bucket(p.X), row = Bucket(p.Y);
        float first = float.MaxValue, second = float.MaxValue;
        for (int y = Math.Max(0, row - 2); y <= Math.Min(_bucketsPerSide - 1, row + 2); y++)
        {
            for (int x = Math.Max(0, column - 2); x <= Math.Min(_bucketsPerSide - 1, column + 2); x++)
            {
                foreach (int i in _buckets[(y * _bucketsPerSide) + x])
                {
                    float distance = Seeds[i].Part == part ? Seeds[i].Distance(p) : float.MaxValue;
                    if (distance < first)
                        (best, first, second) = (i, distance, first);
                    else
                        second = Math.Min(second, distance);
                }
            }
        }

        return new Nearest(best, first, second - first);
    }

    // The center of a bent cell may be in another part; then the stone is not moved.
    private static Seed Moved(Seed seed, Vector2 place)
    {
        Seed moved = Motif.At(place);
        return moved.Part == seed.Part ? moved : seed;
    }

    private Vector2 Pixel(int x, int y) => new((x + 0.5f) / _side, (y + 0.5f) / _side);

    private void Fill()
    {
        for (int i = 0; i < _buckets.Length; i++)
            _buckets[i] = [];
    }

    private void Add(Seed seed)
    {
        _buckets[(Bucket(seed.Place.Y) * _bucketsPerSide) + Bucket(seed.Place.X)].Add(Seeds.Count);
        Seeds.Add(seed);
    }

    private int Bucket(float at) => Math.Clamp((int)(at / Stone), 0, _bucketsPerSide - 1);
}
