using System.Numerics;

namespace Wct.Samples.Landscapes;

/// <summary>Grass and flowers in front of the lake, drawn blade by blade from back to front.</summary>
internal static class Meadow
{
    private const int Blades = 17000;

    private static readonly Vector3[] Petals =
        [new(0.85f, 0.75f, 0.12f), new(0.80f, 0.80f, 0.78f), new(0.38f, 0.16f, 0.55f), new(0.75f, 0.14f, 0.08f)];

    internal static void Draw(Canvas canvas, View view)
    {
        for (int i = 0; i < Blades; i++)
        {
            float back = 1 - ((float)i / Blades);
            float z = 2.7f + (5.8f * back * back);
            float x = (Noise.Random(i, 0, 101) - 0.5f) * 1.1f * z;
            float ground = Terrain.Height(x, z);
            if (ground < 0.03f)
                continue;
            Blade(canvas, view.Project(new Vector3(x, ground, z)), canvas.Width / z, i, Noise.Fractal(x, z, 2, 102));
        }
    }

    private static void Blade(Canvas canvas, Vector2 root, float scale, int i, float patch)
    {
        float chance = Noise.Random(i, 1, 101);
        float length = scale * (0.09f + (0.16f * Noise.Random(i, 2, 101))) * (1 + (0.7f * patch));
        Vector2 bend = new Vector2((Noise.Random(i, 3, 101) - 0.42f) * 0.9f, 0) * length;
        Vector2 middle = root + new Vector2(bend.X * 0.3f, -length * 0.6f), tip = root + new Vector2(bend.X, -length);
        Vector3 low = Vector3.Lerp(new Vector3(0.012f, 0.035f, 0.008f), new Vector3(0.04f, 0.075f, 0.012f), chance);
        Vector3 high =
            Vector3.Lerp(new Vector3(0.07f, 0.17f, 0.025f), new Vector3(0.36f, 0.36f, 0.09f), Math.Clamp(chance + (0.6f * patch), 0, 1));
        float width = scale * 0.011f;
        canvas.Line(root, middle, width, width * 0.8f, Vector3.Lerp(low, high, 0.3f));
        canvas.Line(middle, tip, width * 0.8f, 0.5f, high);
        if (i % 37 == 0)
            Flower(canvas, tip, scale * 0.02f, i);
    }

    private static void Flower(Canvas canvas, Vector2 at, float size, int i)
    {
        Vector3 petal = Petals[Noise.Hash(i, 4, 101) % (uint)Petals.Length];
        for (int k = 0; k < 6; k++)
        {
            (float sin, float cos) = MathF.SinCos(k * MathF.Tau / 6);
            canvas.Line(at, at + (new Vector2(cos, sin * 0.6f) * size), size * 0.5f, size * 0.9f, petal * (0.75f + (0.08f * k)));
        }

        canvas.Line(at, at, size * 0.8f, size * 0.8f, new Vector3(0.5f, 0.25f, 0.03f));
    }
}
