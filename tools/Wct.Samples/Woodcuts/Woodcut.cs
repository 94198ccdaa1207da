using System.Numerics;
using static Wct.Samples.Color;

namespace Wct.Samples.Woodcuts;

/// <summary>A woodcut in a few flat inks that shows breaking waves below a red sun. Carved lines follow the water.</summary>
internal static class Woodcut
{
    private const int Side = 1024;

    private static readonly Vector3 Paper = Rgb(0xEDE0C2), Line = Rgb(0x17284A), Deep = Rgb(0x24508A), Pale = Rgb(0x8DB4BF),
        Vermilion = Rgb(0xC8452B), Dusk = Rgb(0xD9A25F), Foam = Rgb(0xF3EAD3);

    // From front to back.
    private static readonly Wave[] Waves =
    [
        new(Base: 0.97f, Height: 0.20f, Length: 0.62f, Phase: 0.10f, Lean: 0.16f, Seed: 1),
        new(Base: 0.90f, Height: 0.62f, Length: 1.3f, Phase: 0.16f, Lean: 0.16f, Seed: 2),
        new(Base: 0.80f, Height: 0.24f, Length: 0.55f, Phase: 0.75f, Lean: 0.16f, Seed: 3),
        new(Base: 0.67f, Height: 0.14f, Length: 0.37f, Phase: 0.30f, Lean: 0.10f, Seed: 4),
        new(Base: 0.58f, Height: 0.07f, Length: 0.23f, Phase: 0.75f, Lean: 0.05f, Seed: 5),
    ];

    internal static Canvas Draw()
    {
        Canvas canvas = new(Side, Side);
        canvas.Fill((x, y) => Printed(new Vector2((x + 0.5f) / Side, (y + 0.5f) / Side)));
        return canvas;
    }

    // Ink is uneven: it shows the wood's grain, the paper's fibers interrupt it, and it is never quite opaque.
    private static Vector3 Printed(Vector2 p)
    {
        float fiber = Noise.At(p.X * 190, p.Y * 190, 41) + (0.6f * Noise.At(p.X * 90, p.Y * 420, 42));
        Vector3 paper = Paper * (0.97f + (0.05f * fiber));
        float margin = 0.5f - Math.Max(Math.Abs(p.X - 0.5f), Math.Abs(p.Y - 0.5f)) + (0.0012f * Noise.At(p.X * 60, p.Y * 60, 43));
        if (margin < 0.022f)
            return paper;
        Vector3 ink = margin < 0.0265f ? Line : Ink(p);
        float grain = Noise.Fractal((p.X * 5) + (0.4f * Noise.At(p.X * 3, p.Y * 9, 44)), p.Y * 130, 3, 45);
        float cover = 0.93f - (0.16f * Ramp.Smooth(0.05f, 0.35f, grain)) - (0.45f * Ramp.Smooth(0.85f, 1.2f, fiber));
        return Vector3.Lerp(paper, ink * (1 + (0.12f * grain)), cover);
    }

    private static Vector3 Ink(Vector2 p)
    {
        foreach (Wave wave in Waves)
        {
            if (wave.At(p) is { } water)
                return Water(water);
        }

        return Sky(p);
    }

    private static Vector3 Water(WavePoint water)
    {
        if (water.Depth < 0.0032f)
            return Line;
        if (water.Foam > 0)
            return water.Foam < 0.22f || water.Fleck ? Line : Foam;
        // Carved lines become wider in the shade, until they merge.
        float line = MathF.Abs(Ramp.Fraction(water.Stripe) - 0.5f) * 2;
        if (line < 0.12f + (0.62f * water.Shade))
            return Line;
        return Ramp.Fraction((water.Stripe + 0.5f) / 5) < 0.42f + (0.4f * water.Shade) ? Deep : water.Shade < 0.25f ? Foam : Pale;
    }

    // The sky is one block with two inks; clouds are left as paper between lines, and the sun has a block of its own.
    private static Vector3 Sky(Vector2 p)
    {
        float sun = (p - new Vector2(0.70f, 0.27f)).Length();
        float cloud = Noise.Fractal(p.X * 2.6f, p.Y * 11, 4, 51);
        if (cloud > 0.12f && p.Y > 0.1f)
            return cloud < 0.133f || Ramp.Fraction(cloud * 26) < 0.16f ? Line : Foam;
        if (sun < 0.118f)
            return sun > 0.1145f ? Line : Vermilion;
        Vector3 rolled = Vector3.Lerp(Deep, Dusk, Ramp.Smooth(0.0f, 0.2f, p.Y));
        rolled = Vector3.Lerp(rolled, Rgb(0xEBD3A0), Ramp.Smooth(0.2f, 0.5f, p.Y));
        float warp = p.Y + (0.012f * Noise.At(p.X * 3, p.Y * 4, 52));
        float carved = MathF.Abs(Ramp.Fraction(warp * 62) - 0.5f) * 2;
        float width = 0.3f * Ramp.Smooth(-0.3f, 0.5f, Noise.At(p.X * 5, MathF.Floor(warp * 62) * 0.7f, 53));
        return carved < width ? Vector3.Lerp(Line, rolled, Ramp.Smooth(0.1f, 0.6f, p.Y)) : rolled;
    }
}
