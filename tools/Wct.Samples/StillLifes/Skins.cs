using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>The materials of the still life.</summary>
internal static class Skins
{
    internal static readonly Skin Orange = new(p => Rgb(0xE8730A) * (0.9f + (0.3f * Around(p, 5, 3, 1))), 0.05f, 40, Bumps: 0.16f);

    internal static readonly Skin Lemon = new(p => Rgb(0xF0C814) * (0.95f + (0.25f * Around(p, 5, 3, 2))), 0.05f, 50, Bumps: 0.10f);

    // Red with yellow streaks from pole to pole, green around the stalk.
    internal static readonly Skin Apple = new(
        p => Vector3.Lerp(
            Vector3.Lerp(Rgb(0xA01018), Rgb(0xE0A030), Ramp.Smooth(0.0f, 0.45f, Around(p, 30, 1.5f, 3) + (0.8f * Around(p, 2, 1, 4)))),
            Rgb(0x9FAE3A),
            Ramp.Smooth(0.72f, 0.98f, Vector3.Normalize(p).Y)),
        0.06f, 90);

    internal static readonly Skin Pear = new(
        p => Vector3.Lerp(Rgb(0xB9B23A), Rgb(0xC2672C), Ramp.Smooth(-0.1f, 0.6f, Around(p, 2, 1.4f, 5) + (0.25f * p.X)))
            * (1 - (0.35f * Ramp.Smooth(0.32f, 0.6f, Around(p, 60, 40, 6)))),
        0.05f, 45, Bumps: 0.03f);

    internal static readonly Skin Grape =
        new(p => Vector3.Lerp(Rgb(0x2A1038), Rgb(0x5A4A7C), Ramp.Smooth(-0.3f, 0.6f, Around(p, 3, 3, 7))), 0.05f, 70);

    internal static readonly Skin Glass = new(p => Rgb(0x123A1E) * (0.7f + (0.5f * Ramp.Smooth(-1, 1, p.Y))), 0.09f, 400);

    internal static readonly Skin Stalk = new(_ => Rgb(0x4A3018), 0.02f, 20);

    // White glaze with bands and leaves in cobalt blue.
    internal static readonly Skin Faience = new(
        p =>
        {
            float turn = MathF.Atan2(p.Z, p.X) / MathF.Tau * 22;
            float leaf = Math.Abs(Ramp.Fraction(turn) - 0.5f) + (Math.Abs(p.Y - 0.02f) * 3.2f);
            bool painted = leaf < 0.34f || Math.Abs(p.Y - 0.19f) < 0.016f || Math.Abs(p.Y + 0.15f) < 0.012f;
            return painted ? Rgb(0x1F3F96) : Rgb(0xECE9E0);
        },
        0.06f, 150);

    private static Vector3 Rgb(int hex) => Color.Rgb(hex);

    // Noise on the body's surface, as a function of the angle around the axis and the height.
    private static float Around(Vector3 p, float around, float up, int seed)
    {
        Vector3 n = Vector3.Normalize(p);
        return Noise.Fractal((MathF.Atan2(n.Z, n.X) * around / 2) + 50, n.Y * up * 2, 3, 110 + seed);
    }
}
