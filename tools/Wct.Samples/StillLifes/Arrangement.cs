using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>The objects on the table, whose top is at height 0: X to the right, Y up, Z away from the eye.</summary>
internal static class Arrangement
{
    internal static Solid[] Solids { get; } =
    [
        Bottle(new Vector3(-1.25f, 0, 0.75f)),
        Bowl(new Vector3(0.15f, 0, 0.25f)),
        Fruit(new Vector3(-0.28f, 0.72f, 0.10f), 0.36f, new Vector3(0.3f, 0.9f, -0.3f), Skins.Orange),
        Fruit(new Vector3(0.52f, 0.74f, 0.02f), 0.37f, new Vector3(-0.2f, 0.9f, -0.4f), Skins.Apple),
        Fruit(new Vector3(0.15f, 0.76f, 0.62f), 0.37f, new Vector3(0.1f, 1, -0.2f), Skins.Orange),
        Fruit(new Vector3(0.13f, 1.10f, 0.24f), 0.33f, new Vector3(0.2f, 0.8f, -0.5f), Skins.Apple),
        Fruit(new Vector3(-1.02f, 0.33f, -0.62f), 0.35f, new Vector3(0.25f, 0.9f, -0.45f), Skins.Apple),
        Lemon(new Vector3(-0.32f, 0.26f, -1.0f), new Vector3(0.9f, 0.08f, -0.35f)),
        Pear(new Vector3(1.42f, 0.40f, -0.25f), Vector3.UnitY),
        Pear(new Vector3(1.86f, 0.36f, 0.35f), new Vector3(0.15f, 1, 0.1f)),
        .. Grapes(new Vector3(0.72f, 0, -0.95f)),
    ];

    private static Solid Bottle(Vector3 foot) => new(foot + new Vector3(0, 1.2f, 0), 1.26f, Vector3.UnitY, (r, h) =>
    {
        float neck = Ramp.Smooth(0.15f, 0.62f, h);
        float radius = 0.36f + ((0.105f - 0.36f) * neck) + (0.03f * Ramp.Bell(h - 1.12f, 0.06f));
        return Math.Max((r - radius) * 0.8f, Math.Abs(h) - 1.2f);
    }, Skins.Glass);

    // A shell of constant thickness on a flat base.
    private static Solid Bowl(Vector3 foot) => new(foot + new Vector3(0, 0.32f, 0), 1.0f, Vector3.UnitY, (r, h) =>
    {
        float wall = 0.26f + (0.64f * MathF.Sqrt(Math.Clamp((h + 0.27f) / 0.57f, 0, 1)));
        float shell = Math.Max(Math.Abs(r - wall + 0.03f) - 0.03f, Math.Abs(h) - 0.29f);
        float floor = Math.Max(r - 0.36f, Math.Abs(h + 0.26f) - 0.06f);
        return Math.Min(shell, floor) * 0.6f;
    }, Skins.Faience);

    // A ball with a dimple at the top and a smaller one at the bottom.
    private static Solid Fruit(Vector3 middle, float radius, Vector3 axis, Skin skin) =>
        new(middle, radius * 1.02f, Vector3.Normalize(axis), (r, h) =>
    {
        float length = MathF.Sqrt((r * r) + (h * h)) + 1e-6f, rise = h / length;
        float dimple = skin == Skins.Apple ? (0.42f * Ramp.Bell(1 - rise, 0.13f)) + (0.12f * Ramp.Bell(1 + rise, 0.1f))
            : 0.03f * Ramp.Bell(1 - rise, 0.01f);
        return (length - (radius * (1 - dimple))) * 0.7f;
    }, skin);

    private static Solid Lemon(Vector3 middle, Vector3 axis) => new(middle, 0.42f, Vector3.Normalize(axis), (r, h) =>
    {
        float radius = 0.26f * MathF.Sqrt(Math.Max(0, 1 - (h * h / 0.115f))) + (0.055f * Ramp.Smooth(0.42f, 0.28f, Math.Abs(h)));
        return Math.Max(r - radius, Math.Abs(h) - 0.39f) * 0.55f;
    }, Skins.Lemon);

    private static Solid Pear(Vector3 middle, Vector3 axis) => new(middle, 0.78f, Vector3.Normalize(axis), (r, h) =>
    {
        float belly = MathF.Sqrt((r * r) + (h * h)) - 0.39f, top = MathF.Sqrt((r * r) + ((h - 0.42f) * (h - 0.42f))) - 0.19f;
        // The two balls are blended; the thin stalk is on top.
        float blend = Math.Clamp(0.5f + (0.5f * (top - belly) / 0.3f), 0, 1);
        float body = top + ((belly - top) * blend) - (0.3f * blend * (1 - blend));
        return Math.Min(body, Math.Max(r - 0.022f, Math.Abs(h - 0.62f) - 0.14f)) * 0.8f;
    }, Skins.Pear);

    private static IEnumerable<Solid> Grapes(Vector3 at)
    {
        for (int i = 0; i < 22; i++)
        {
            int layer = i < 13 ? 0 : i < 19 ? 1 : 2;
            float turn = i * 2.4f, spread = (0.40f - (0.13f * layer)) * MathF.Sqrt((i + 0.5f) % 7 / 7);
            Vector3 place = new(MathF.Cos(turn) * spread * 1.25f, 0.13f + (layer * 0.19f), MathF.Sin(turn) * spread * 0.7f);
            yield return Solid.Ball(at + place, 0.125f + (0.018f * Noise.Random(i, 0, 121)), Vector3.UnitY, Skins.Grape);
        }
    }
}
