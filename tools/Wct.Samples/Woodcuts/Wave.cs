using System.Numerics;

namespace Wct.Samples.Woodcuts;

/// <summary>A row of waves that lean to the right. Lengths are relative to the picture's side.</summary>
/// <param name="Base">Position of the troughs, from the top.</param>
/// <param name="Height">Height from trough to crest.</param>
/// <param name="Length">Distance from crest to crest.</param>
/// <param name="Phase">Position of the first crest, in units of <paramref name="Length"/>.</param>
/// <param name="Lean">How far crests lean forward.</param>
/// <param name="Seed">Seed of this row's random numbers.</param>
internal sealed record Wave(float Base, float Height, float Length, float Phase, float Lean, int Seed)
{
    /// <summary>Returns the water at a point; null above the wave.</summary>
    internal WavePoint? At(Vector2 p)
    {
        float up = (Base - p.Y) / Height;
        // Foam breaks the outline into fingers, more so near the crest.
        float fingers = 0.030f * Ramp.Smooth(0.45f, 1, up) * MathF.Abs(Noise.At(p.X * 22, p.Y * 22, Seed));
        float depth = Depth(p) - fingers;
        if (depth < 0)
            return null;
        // The depth is measured perpendicular to the surface, so that lines keep their distance where the water is steep.
        const float Step = 0.002f;
        float dx = (Depth(p + new Vector2(Step, 0)) - Depth(p - new Vector2(Step, 0))) / (2 * Step);
        float dy = (Depth(p + new Vector2(0, Step)) - Depth(p - new Vector2(0, Step))) / (2 * Step);
        float across = depth / Math.Max(0.4f, MathF.Sqrt((dx * dx) + (dy * dy)));

        float scallop =
            MathF.Abs(Noise.At((p.X * 26) + 3, p.Y * 26, Seed + 10)) + (0.5f * MathF.Abs(Noise.At(p.X * 60, p.Y * 60, Seed + 11)));
        float foam = (Ramp.Smooth(0.35f, 0.95f, up) * 0.085f * (0.35f + scallop)) - across;
        bool fleck = Noise.At(p.X * 70, p.Y * 70, Seed + 12) > 0.52f;
        float front = Ramp.Smooth(-0.3f, 1.1f, dx);
        float shade = Math.Clamp((0.75f * front) + (0.45f * Ramp.Smooth(0.02f, 0.3f, across)) - 0.1f, 0, 0.92f);
        float stripe = (across * 58) + (1.4f * Noise.At(p.X * 4, p.Y * 4, Seed + 13));
        return new WavePoint(across, foam / 0.012f, fleck, stripe, shade);
    }

    // Positive below the surface. The lean bends a symmetric wave forward, more toward the crest.
    private float Depth(Vector2 p)
    {
        float up = Math.Clamp((Base - p.Y) / Height, 0, 1.2f);
        float x = p.X - (Lean * Length * up * up);
        float turn = Ramp.Fraction((x / Length) - Phase + 0.5f) - 0.5f;
        // A narrow, steep crest between wide troughs.
        float crest = MathF.Pow(0.5f + (0.5f * MathF.Cos(turn * MathF.Tau)), 1.5f);
        float size = 0.8f + (0.2f * Noise.At(MathF.Floor((x / Length) - Phase + 0.5f) + 0.5f, 0.5f, Seed + 14));
        float swell = 0.012f * MathF.Sin((p.X * 23) + Seed);
        return p.Y - (Base - (Height * crest * size) + swell);
    }
}

/// <summary>The water at a point of the woodcut.</summary>
/// <param name="Depth">Distance from the surface.</param>
/// <param name="Foam">Positive in the foam, increasing from its lower edge.</param>
/// <param name="Fleck">Whether there is a fleck of the line's ink in the foam.</param>
/// <param name="Stripe">The number of carved lines from the surface.</param>
/// <param name="Shade">From 0 in the light to 1 in the dark.</param>
internal readonly record struct WavePoint(float Depth, float Foam, bool Fleck, float Stripe, float Shade);
