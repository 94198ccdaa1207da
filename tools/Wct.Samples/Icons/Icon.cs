using System.Numerics;
using static Wct.Samples.Color;

namespace Wct.Samples.Icons;

/// <summary>The packages' icon: the sun over two hills, as a photo to the left of a slanted edge and as a woodcut to the right.</summary>
internal static class Icon
{
    private const int Side = 256;

    private static readonly Vector3 Ink = Rgb(0x17284A), Paper = Rgb(0xF3EAD3), Vermilion = Rgb(0xC8452B), Ochre = Rgb(0xD9A25F),
        Teal = Rgb(0x24508A);

    internal static Canvas Draw()
    {
        Canvas canvas = new(Side, Side);
        canvas.Fill((x, y) => Half(new Vector2((x + 0.5f) / Side, (y + 0.5f) / Side)));
        return canvas;
    }

    private static Vector3 Half(Vector2 p)
    {
        float edge = p.X - 0.5f + (0.24f * (p.Y - 0.5f));
        return MathF.Abs(edge) < 0.012f ? Paper : edge < 0 ? Photo(p) : Print(p);
    }

    private static Vector3 Photo(Vector2 p) => Place(p) switch
    {
        (0, _) => Vector3.Lerp(Rgb(0x6FA8D8), Rgb(0xE9EEF2), p.Y / 0.7f),
        (1, _) => Rgb(0xFFF6D5),
        (2, float depth) => Vector3.Lerp(Rgb(0x5E7F7A), Rgb(0x93A88F), Math.Min(1, depth * 3)),
        (_, float depth) => Vector3.Lerp(Rgb(0x2F5E3A), Rgb(0x6E9A4A), Math.Min(1, depth * 2.5f)),
    };

    // A few inks. The hills have carved lines along their outlines, the sky has horizontal ones.
    private static Vector3 Print(Vector2 p) => Place(p) switch
    {
        (0, _) => Carved(p.Y, 0.22f) ? Ochre : Paper,
        (1, _) => Vermilion,
        (2, float depth) => depth < 0.016f || Carved(depth, 0.4f) ? Ink : Teal,
        (_, float depth) => depth < 0.016f || Carved(depth, 0.55f) ? Ink : Ochre,
    };

    private static bool Carved(float distance, float share) => Ramp.Fraction(distance * 19) < share;

    // Returns what is at a point (0 sky, 1 sun, 2 far hill, 3 near hill), and the depth of the point below the outline.
    private static (int Thing, float Depth) Place(Vector2 p)
    {
        float near = p.Y - (0.74f - (0.16f * Ramp.Bell(p.X - 0.20f, 0.34f))), far = p.Y - (0.70f - (0.30f * Ramp.Bell(p.X - 0.72f, 0.26f)));
        if (near > 0)
            return (3, near);
        if (far > 0)
            return (2, far);
        return ((p - new Vector2(0.53f, 0.28f)).Length() < 0.15f ? 1 : 0, 0);
    }
}
