using System.Numerics;
using static Wct.Samples.Color;

namespace Wct.Samples.Brushwork;

/// <summary>The painted scene: colors and stroke directions by place. Coordinates are in 0 to 1.</summary>
internal static class Scene
{
    // Place, size and direction of rotation; whirls with a light are drawn as suns.
    private static readonly (Vector2 Place, float Size, float Spin, float Light)[] Whirls =
    [
        (new(0.76f, 0.20f), 0.17f, 1, 1), (new(0.40f, 0.33f), 0.16f, -1, 0), (new(0.53f, 0.085f), 0.085f, 1, 0.55f),
        (new(0.10f, 0.08f), 0.09f, -1, 0.5f), (new(0.30f, 0.12f), 0.06f, 1, 0.4f), (new(0.93f, 0.47f), 0.10f, -1, 0),
        (new(0.62f, 0.46f), 0.06f, 1, 0.3f),
    ];

    private static readonly Vector3[] Sky = [.. new[] { 0x16306E, 0x1F4FA3, 0x2F74C0, 0x5BA3CF, 0x9CCBD3, 0x1B3F8C, 0x3D8E9E }.Select(Rgb)];
    private static readonly Vector3[] Glow = [.. new[] { 0xFFF3C4, 0xF9D648, 0xF2A51E, 0xE9C96A, 0xC5D89A, 0x7FB8B5 }.Select(Rgb)];
    private static readonly Vector3[] Hill = [.. new[] { 0x21506B, 0x2C6E7A, 0x4A8F83, 0x1B3C5E, 0x6FA58A }.Select(Rgb)];
    private static readonly Vector3[] Wheat = [.. new[] { 0xE8B023, 0xF3CF54, 0xC9821B, 0xF7E08A, 0xA9661C, 0x8F9A34 }.Select(Rgb)];
    private static readonly Vector3[] Leaf = [.. new[] { 0x12291F, 0x1E4630, 0x2F6238, 0x5C7F35, 0x241C2B }.Select(Rgb)];

    /// <summary>Returns a unit vector along the strokes.</summary>
    internal static Vector2 Flow(Vector2 p)
    {
        Vector2 flow;
        if (InCypress(p))
            flow = new Vector2(0.35f * MathF.Sin((p.Y * 26) + (p.X * 20)), -1);
        else if (p.Y > FieldEdge(p.X))
            flow = new Vector2(
                0.55f + (0.5f * MathF.Sin((p.X * 9) + (p.Y * 4))), -1 + (1.2f * Ramp.Smooth(0.12f, 0, p.Y - FieldEdge(p.X))));
        else if (p.Y > HillEdge(p.X))
            flow = new Vector2(1, 0.5f * MathF.Cos((p.X * 11) + (p.Y * 14)));
        else
            flow = SkyFlow(p);
        return Vector2.Normalize(flow + new Vector2(1e-4f));
    }

    /// <summary>Returns the color of a stroke that starts here; <paramref name="stroke"/> and <paramref name="seed"/> select within the
    /// palette.</summary>
    internal static Vector3 Color(Vector2 p, int stroke, int seed)
    {
        float chance = Noise.Random(stroke, 5, seed), drift = Noise.At(p.X * 7, p.Y * 7, 31);
        Vector3 color;
        if (InCypress(p))
            color = Pick(Leaf, (chance * 0.7f) + (0.3f * drift) + (0.25f * Ramp.Smooth(-0.03f, 0.05f, p.X - CypressAxis(p.Y))));
        else if (p.Y > FieldEdge(p.X))
            color = Pick(Wheat, (chance * 0.8f) + (0.4f * Noise.At(p.X * 4, p.Y * 16, 32)) + 0.1f);
        else if (p.Y > HillEdge(p.X))
            color = Pick(Hill, (chance * 0.55f) + (0.5f * Noise.At(p.X * 5, p.Y * 22, 33)) + 0.25f);
        else
            color = SkyColor(p, chance, drift);
        Vector3 tint = new(Noise.Random(stroke, 6, seed), Noise.Random(stroke, 7, seed), Noise.Random(stroke, 8, seed));
        return color * (new Vector3(0.86f) + (0.28f * tint));
    }

    private static Vector2 SkyFlow(Vector2 p)
    {
        Vector2 flow = new(0.5f, 0.28f * MathF.Sin((p.X * 8) + (p.Y * 5)));
        foreach ((Vector2 place, float size, float spin, float _) in Whirls)
        {
            Vector2 way = p - place;
            float pull = 2.6f * Ramp.Bell(way.Length(), size);
            flow += Vector2.Normalize(new Vector2(-way.Y, way.X) + (way * 0.16f) + new Vector2(1e-5f)) * spin * pull;
        }

        return flow;
    }

    private static Vector3 SkyColor(Vector2 p, float chance, float drift)
    {
        foreach ((Vector2 place, float size, float _, float light) in Whirls)
        {
            float way = (p - place).Length() / size;
            float reach = 0.55f + (0.75f * light);
            if (light > 0 && way + (0.35f * (chance - 0.5f)) < reach)
                return Pick(Glow, (way / reach * 0.95f) + (0.22f * (chance - 0.5f)));
        }

        float rings = 0;
        foreach ((Vector2 place, float size, float _, float _) in Whirls)
            rings += Ramp.Bell((p - place).Length(), size * 1.2f) * MathF.Sin((p - place).Length() / size * 9);
        float low = Ramp.Smooth(0.3f, 0.62f, p.Y);
        return Pick(Sky, 0.28f + (0.5f * (chance - 0.5f)) + (0.3f * drift) + (0.25f * rings) + (0.3f * low));
    }

    private static Vector3 Pick(Vector3[] palette, float at) => palette[Math.Clamp((int)(at * palette.Length), 0, palette.Length - 1)];

    private static float HillEdge(float x) => 0.60f + (0.045f * MathF.Sin((x * 5.2f) + 1)) + (0.02f * MathF.Sin((x * 13) + 2));

    private static float FieldEdge(float x) => 0.73f + (0.03f * MathF.Sin((x * 4) + 3.4f));

    private static float CypressAxis(float y) => 0.17f + (0.018f * MathF.Sin(y * 13));

    private static bool InCypress(Vector2 p)
    {
        float up = (0.9f - p.Y) / 0.72f;
        if (up is < 0 or > 1)
            return false;
        float half = 0.085f * MathF.Pow(1 - up, 0.75f) * Ramp.Smooth(
            -0.15f, 0.12f, up) * (1 + (0.3f * Noise.At(p.Y * 24, p.X < CypressAxis(p.Y) ? 1.5f : 7.5f, 34)));
        return Math.Abs(p.X - CypressAxis(p.Y)) < half;
    }
}
