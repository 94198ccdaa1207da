using System.Numerics;

namespace Wct.Samples.Mosaics;

/// <summary>A fish bent along an arc. Its coordinates are S along the back, from 0 at the snout to 1 at the root of the tail, and T across,
/// positive upward.</summary>
internal static class LeapingFish
{
    private const int Outline = 1, Body = 2, Eye = 3, Fin = 4;

    private const float Radius = 0.36f, Length = 0.52f;

    private static readonly Vector2 Center = new(0.43f, 0.80f);

    private static readonly Vector3 Dark = Color.Rgb(0x2A1622), Scarlet = Color.Rgb(0xC8371B), Orange = Color.Rgb(0xEE8A2A),
        Belly = Color.Rgb(0xF6E2A6), Crimson = Color.Rgb(0x8C1C2C);

    /// <summary>Returns the part of the fish at a point; 0 outside the fish.</summary>
    internal static int PartAt(Vector2 p)
    {
        (float s, float t) = Bent(p);
        float half = HalfWidth(s), depth = half - Math.Abs(t);
        if (s is > 0 and < 1 && depth > 0)
        {
            float eye = new Vector2((s - 0.16f) * Length, t - 0.022f).Length();
            if (eye < 0.034f)
                return Eye;
            return depth < 0.013f || s < 0.012f ? Outline : Body;
        }

        return IsFin(s, t, half) ? Fin : 0;
    }

    /// <summary>Returns the stone at a point of the fish.</summary>
    internal static Seed At(Vector2 p, int key, int part)
    {
        (float s, float t) = Bent(p);
        Vector2 along = Vector2.Normalize(new Vector2(Center.Y - p.Y, p.X - Center.X));
        Vector3 color = part switch
        {
            Outline => Dark,
            Eye => new Vector2((s - 0.16f) * Length, t - 0.022f).Length() < 0.012f ? Dark : Vector3.One,
            Fin => Vector3.Lerp(Crimson, Orange, Ramp.Smooth(-0.2f, 0.5f, MathF.Sin(t * 190))),
            _ => Scale(s, t),
        };
        return new Seed(p, key, along, color, part == Body ? 0.8f : 0.3f);
    }

    private static (float S, float T) Bent(Vector2 p)
    {
        Vector2 way = p - Center;
        float turn = MathF.Atan2(way.X, -way.Y);   // 0 above the center, increasing to the right
        return ((0.62f - turn) * Radius / Length, way.Length() - Radius);
    }

    private static float HalfWidth(float s) => s is > 0 and < 1
        ? (0.285f * MathF.Pow(s, 0.55f) * MathF.Pow(1 - s, 0.95f)) + (0.018f * Ramp.Smooth(0.4f, 1, s))
        : 0.018f;

    private static Vector3 Scale(float s, float t)
    {
        if (s < 0.24f)
            return Vector3.Lerp(Belly, Orange, Ramp.Smooth(-0.03f, 0.05f, t));
        Vector3 side = Vector3.Lerp(Belly, Scarlet, Ramp.Smooth(-0.075f, 0.06f, t));
        return Ramp.Fraction((s * 11) + (MathF.Abs(t) * 14)) < 0.3f ? Vector3.Lerp(side, Crimson, 0.6f) : Vector3.Lerp(side, Orange, 0.35f);
    }

    private static bool IsFin(float s, float t, float half)
    {
        float tail = s - 0.97f;
        if (tail is > 0 and < 0.3f && Math.Abs(t) < 0.02f + (tail * 0.42f) && Math.Abs(t) > (tail - 0.17f) * 0.6f)
            return true;
        bool back = s is > 0.32f and < 0.72f && t > 0 && t - half < 0.055f * MathF.Sin((s - 0.32f) / 0.4f * MathF.PI);
        bool breast = s is > 0.38f and < 0.6f && t < 0 && -t - half < 0.05f * Ramp.Smooth(0.38f, 0.58f, s);
        return back || breast;
    }
}
