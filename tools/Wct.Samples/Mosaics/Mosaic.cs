using System.Numerics;

namespace Wct.Samples.Mosaics;

/// <summary>A mosaic of small stones that shows a fish leaping out of the sea toward the sun.</summary>
internal static class Mosaic
{
    private const int Side = 1024;

    private static readonly Vector3 Grout = Color.Rgb(0x3A332B);

    internal static Canvas Draw()
    {
        Tiling tiling = new(side: Side / 2, stone: 12);
        tiling.Relax(rounds: 5);
        Canvas canvas = new(Side, Side);
        canvas.Fill((x, y) => Sample(tiling, (x + 0.5f) / Side, (y + 0.5f) / Side));
        return canvas;
    }

    private static Vector3 Sample(Tiling tiling, float x, float y)
    {
        Vector2 p = new(x, y);
        float sand = Noise.At(x * 300, y * 300, 1);
        Vector3 grout = Grout * (0.8f + (0.5f * sand));
        Nearest nearest = tiling.Find(p);
        float stone = tiling.Stone;
        // The stones look broken by hand, so no edge is quite straight.
        float ragged = stone * 0.05f * Noise.At(x * 120, y * 120, 2);
        float edge = Math.Min(nearest.Gap - (0.12f * stone), (0.62f * stone) - nearest.Distance) + ragged;
        if (nearest.Seed < 0 || edge < 0)
            return grout;

        Seed seed = tiling.Seeds[nearest.Seed];
        return Lit(seed, nearest.Seed, p, edge / stone, stone);
    }

    // A stone is slightly tilted, with an uneven surface and a worn rim. Glass stones glint if they reflect the light to the viewer.
    private static Vector3 Lit(Seed seed, int number, Vector2 p, float edge, float stone)
    {
        Vector2 tilt = new Vector2(Noise.Random(number, 0, 3) - 0.5f, Noise.Random(number, 1, 3) - 0.5f) * 0.9f;
        Vector2 within = (p - seed.Place) / stone;
        float grain = Noise.Fractal(p.X * 160, p.Y * 160, 3, number);
        float rim = Ramp.Smooth(0.14f, 0, edge) * 0.9f;
        Vector3 normal = Vector3.Normalize(new Vector3(tilt + (within * rim * 2.2f) + new Vector2(grain * 0.25f), 1));
        float light = Vector3.Dot(normal, Vector3.Normalize(new Vector3(-0.55f, -0.65f, 0.8f)));
        float glint = MathF.Pow(Math.Max(0, Vector3.Dot(normal, Vector3.Normalize(new Vector3(-0.3f, -0.36f, 1)))), 60);
        float shade = 0.75f + (0.5f * Noise.Random(number, 2, 3));
        Vector3 tint = new(1 + (0.25f * (Noise.Random(number, 3, 3) - 0.5f)), 1, 1 + (0.3f * (Noise.Random(number, 4, 3) - 0.5f)));
        Vector3 color = seed.Color * tint * shade * (1 + (0.25f * grain));
        return (color * (0.35f + (0.95f * Math.Max(0, light)))) + new Vector3(glint * seed.Gloss);
    }
}
