using System.Numerics;

namespace Wct.Samples.Landscapes;

/// <summary>A spruce in the foreground, with drooping branches and needles, lit from the left.</summary>
internal static class Conifer
{
    /// <summary>Draws a tree.</summary>
    /// <param name="foot">The foot of the tree, in samples.</param>
    /// <param name="height">The tree's height, in samples.</param>
    internal static void Draw(Canvas canvas, Vector2 foot, float height, int seed)
    {
        canvas.Line(foot + new Vector2(0, 8), foot - new Vector2(0, height), height * 0.022f, 1.5f, new Vector3(0.045f, 0.028f, 0.018f));
        int branches = (int)(height * 0.42f);
        // From the bottom up, so that upper branches cover lower ones.
        for (int i = 0; i < branches; i++)
        {
            float up = 0.07f + (0.93f * i / branches);
            float side = (2 * Noise.Random(i, 1, seed)) - 1;
            float reach = height * 0.21f * MathF.Pow(1 - up, 0.8f) * (0.7f + (0.5f * Noise.Random(i, 2, seed))) + 5;
            Branch(canvas, foot - new Vector2(0, height * up), reach * side, reach, i, seed);
        }
    }

    private static void Branch(Canvas canvas, Vector2 at, float sideways, float reach, int number, int seed)
    {
        float light = Ramp.Smooth(0.9f, -0.9f, sideways / reach) * (0.65f + (0.5f * Noise.Random(number, 3, seed)));
        Vector3 shade = new(0.006f, 0.018f, 0.010f), sunlit = new(0.085f, 0.15f, 0.045f);
        int needles = 6 + (int)(reach * 0.22f);
        for (int k = 0; k < needles; k++)
        {
            float t = (k + 1f) / needles;
            // A branch goes outward, down by its weight, and up again at the tip.
            Vector2 p = at + new Vector2(sideways * t, reach * ((0.42f * t) - (0.16f * t * t)));
            float spread = Noise.Random(number, k + 10, seed) - 0.5f;
            Vector2 tip = p + new Vector2((sideways / reach * 6) + (spread * 12), 5 + (9 * Noise.Random(number, k + 500, seed)));
            float bright = light * (0.35f + (0.65f * t)) * (0.5f + Noise.Random(number, k + 900, seed));
            canvas.Line(p, tip, 3.2f, 1.2f, Vector3.Lerp(shade, sunlit, Math.Clamp(bright, 0, 1)));
        }
    }
}
