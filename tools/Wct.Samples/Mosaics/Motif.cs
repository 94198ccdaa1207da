using System.Numerics;

namespace Wct.Samples.Mosaics;

/// <summary>The mosaic's motif: its parts, their colors, and the lines that the stones follow.</summary>
internal static class Motif
{
    private const int Frame = 0, Sun = 1, Rays = 2, Sky = 3, Sea = 4, Fish = 5;

    private static readonly Vector2 SunAt = new(0.69f, 0.27f);

    private static readonly Vector3 Cream = Color.Rgb(0xEFE3C4), Red = Color.Rgb(0xA8321F), Navy = Color.Rgb(0x14294F),
        Gold = Color.Rgb(0xF2B632), Amber = Color.Rgb(0xE07B1A);

    private static readonly Vector3[] Waters = [.. new[] { 0x0F3B66, 0x14708A, 0x2FA7A0, 0x8FD0BD, 0x1B4F8A }.Select(Color.Rgb)];

    /// <summary>Returns the part at a point.</summary>
    internal static int PartAt(Vector2 p)
    {
        if (FrameDepth(p) < 0.055f)
            return Frame + (FrameDepth(p) < 0.022f ? 10 : 0);
        int fish = LeapingFish.PartAt(p);
        if (fish != 0)
            return Fish + (fish * 10);
        float way = (p - SunAt).Length();
        if (p.Y > Surface(p.X))
            return Sea + (10 * Band(p));
        if (way < 0.115f)
            return Sun;
        return IsRay(p, way) ? Rays : Sky;
    }

    /// <summary>Returns the stone for a point.</summary>
    internal static Seed At(Vector2 p)
    {
        int part = PartAt(p);
        Vector2 round = Vector2.Normalize(new Vector2(SunAt.Y - p.Y, p.X - SunAt.X));
        float way = (p - SunAt).Length();
        return (part % 10) switch
        {
            Frame => new Seed(p, part, Vector2.UnitX, FrameColor(p), 0.15f),
            Sun => new Seed(p, part, round, Vector3.Lerp(Cream, Gold, way / 0.1f), 0.9f),
            Rays => new Seed(p, part, round, Vector3.Lerp(Gold, Amber, Ramp.Smooth(0.13f, 0.3f, way)), 0.7f),
            Sky => new Seed(p, part, round, SkyColor(p, way), 0.2f),
            Sea => new Seed(p, part, Vector2.Normalize(new Vector2(1, Slope(p.X))), SeaColor(p), 0.45f),
            _ => LeapingFish.At(p, part, part / 10),
        };
    }

    private static float FrameDepth(Vector2 p) => 0.5f - Math.Max(Math.Abs(p.X - 0.5f), Math.Abs(p.Y - 0.5f));

    // The rim is dark; inside it, red and cream alternate along the side.
    private static Vector3 FrameColor(Vector2 p)
    {
        if (FrameDepth(p) < 0.022f)
            return Navy;
        float along = Math.Abs(p.X - 0.5f) > Math.Abs(p.Y - 0.5f) ? p.Y : p.X;
        return Ramp.Fraction(along * 14) < 0.5f ? Red : Cream;
    }

    private static bool IsRay(Vector2 p, float way)
    {
        float turn = MathF.Atan2(p.Y - SunAt.Y, p.X - SunAt.X) / MathF.Tau * 16;
        float reach = 0.13f + (0.17f * (1 - (2 * Math.Abs(Ramp.Fraction(turn) - 0.5f))));
        return way > 0.13f && way < reach;
    }

    private static Vector3 SkyColor(Vector2 p, float way)
    {
        float ring = MathF.Sin(way * 62) + (0.6f * Noise.At(p.X * 6, p.Y * 6, 21));
        Vector3 deep = Color.Rgb(0xC9D8C8), pale = Color.Rgb(0xF4E7C0), rose = Color.Rgb(0xDDA57E);
        Vector3 sky = Vector3.Lerp(deep, pale, Ramp.Smooth(-0.4f, 0.8f, ring));
        return Vector3.Lerp(rose, sky, Ramp.Smooth(0.1f, 0.35f, way));
    }

    private static float Surface(float x) => 0.58f + (0.022f * MathF.Sin((x * 19) + 0.6f)) + (0.012f * MathF.Sin((x * 41) + 2));

    private static float Slope(float x) => (0.42f * MathF.Cos((x * 19) + 0.6f)) + (0.3f * MathF.Cos((x * 41) + 2));

    private static int Band(Vector2 p) => (int)((p.Y - Surface(p.X)) / 0.042f);

    private static Vector3 SeaColor(Vector2 p)
    {
        int band = Band(p);
        Vector3 water = Waters[(band * 2) % Waters.Length];
        return band == 0 ? Cream : Vector3.Lerp(water, Waters[0], Ramp.Smooth(0.75f, 1, p.Y) * 0.6f);
    }
}
