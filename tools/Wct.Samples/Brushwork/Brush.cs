using System.Numerics;

namespace Wct.Samples.Brushwork;

/// <summary>An oil painting of a wheat field and a cypress below a swirling sky, painted stroke by stroke.</summary>
internal static class Brush
{
    private const int Side = 1024;

    internal static Canvas Draw()
    {
        Paint paint = new(Side, Color.Rgb(0x5B4A33));
        // From broad to fine strokes, as in painting: between the strokes of a layer, the layer below is visible.
        Layer(paint, new StrokeSize(Step: 15, Width: 22, Length: 110), seed: 1);
        Layer(paint, new StrokeSize(Step: 11, Width: 13, Length: 84), seed: 2);
        Layer(paint, new StrokeSize(Step: 8.5f, Width: 8.5f, Length: 52), seed: 3);
        return paint.Lit();
    }

    // Strokes start on a jittered grid, so that no area is left out, and in random order, so that no direction is always on top.
    private static void Layer(Paint paint, StrokeSize size, int seed)
    {
        int perSide = (int)(Side / size.Step) + 1;
        int[] order = [.. Enumerable.Range(0, perSide * perSide)];
        uint[] keys = [.. order.Select(i => Noise.Hash(i, 0, seed))];
        Array.Sort(keys, order);
        foreach (int i in order)
        {
            Vector2 jitter = new(Noise.Random(i, 1, seed), Noise.Random(i, 2, seed));
            Vector2 start = (new Vector2(i % perSide, i / perSide) + jitter) * size.Step;
            paint.Stroke(start, size, Scene.Color(start / Side, i, seed), seed: (seed * 100000) + i);
        }
    }
}

/// <summary>The size of a layer's strokes, in samples of the canvas.</summary>
/// <param name="Step">Distance between the starts of neighboring strokes.</param>
/// <param name="Width">Width of a stroke.</param>
/// <param name="Length">Length of the longest stroke.</param>
internal readonly record struct StrokeSize(float Step, float Width, float Length);
