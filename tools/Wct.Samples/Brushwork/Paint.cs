using System.Numerics;

namespace Wct.Samples.Brushwork;

/// <summary>Paint on a canvas: its color and its thickness.</summary>
internal sealed class Paint
{
    private readonly int _side;
    private readonly Canvas _canvas;
    private readonly float[] _thickness;

    internal Paint(int side, Vector3 ground)
    {
        _side = side;
        _canvas = new Canvas(side, side);
        _canvas.Fill((_, _) => ground);
        _thickness = new float[side * side];
    }

    /// <summary>Paints a stroke along the scene's lines.</summary>
    internal void Stroke(Vector2 start, StrokeSize size, Vector3 color, int seed)
    {
        float length = size.Length * (0.55f + (0.45f * Noise.Random(seed, 3, 7)));
        float half = size.Width / 2 * (0.75f + (0.5f * Noise.Random(seed, 4, 7)));
        const float Step = 0.7f;    // less than a sample, so that no sample of a curved stroke is missed
        Vector2 at = start, along = default;
        int count = (int)(length / Step);
        for (int i = 0; i < count; i++)
        {
            float s = i * Step;
            if (i % 6 == 0)     // the direction changes little over so short a distance
                along = Scene.Flow(at / _side);
            Vector2 across = new(-along.Y, along.X);
            float tip = MathF.Sqrt(Math.Clamp(Math.Min(s / half, (length - s) / (half * 1.5f)), 0, 1));
            for (float t = -half * tip; t <= half * tip; t += Step)
                Dab(at + (across * t), s, t, half, s / length, color, seed);
            at += along * Step;
            if (at.X < -half || at.Y < -half || at.X > _side + half || at.Y > _side + half)
                break;
        }
    }

    /// <summary>Returns the painting in daylight from the upper left, with bright ridges and dark furrows.</summary>
    internal Canvas Lit()
    {
        Canvas lit = new(_side, _side);
        lit.Fill((x, y) =>
        {
            float weave = 0.05f * (MathF.Sin(x * 1.1f) + MathF.Sin(y * 1.1f));
            float dx = Thickness(x + 1, y) - Thickness(x - 1, y), dy = Thickness(x, y + 1) - Thickness(x, y - 1);
            Vector3 normal = Vector3.Normalize(new Vector3(-dx, -dy, 0.85f));
            float light = Vector3.Dot(normal, Vector3.Normalize(new Vector3(-0.5f, -0.6f, 0.8f)));
            float shine = MathF.Pow(Math.Max(0, Vector3.Dot(normal, Vector3.Normalize(new Vector3(-0.32f, -0.4f, 1)))), 24);
            return (_canvas[x, y] * (0.45f + (0.8f * Math.Max(0, light)) + weave)) + new Vector3(0.05f * shine);
        });
        return lit;
    }

    // Bristles leave lines along the stroke. Towards the end, where paint runs out, weaker bristles leave gaps.
    private void Dab(Vector2 place, float s, float t, float half, float done, Vector3 color, int seed)
    {
        int x = (int)place.X, y = (int)place.Y;
        if (place.X < 0 || place.Y < 0 || x >= _side || y >= _side)
            return;
        float bristle = Noise.At(t * 0.42f, s * 0.012f, seed) + (0.5f * Noise.At(t * 0.95f, s * 0.03f, seed + 1));
        if (bristle < -1.25f + (1.1f * done * done))
            return;
        float edge = Ramp.Smooth(0.7f, 1, Math.Abs(t) / half);
        _canvas[x, y] = color * (1 + (0.32f * bristle));
        // The brush pushes paint to both edges and to the end of the stroke.
        _thickness[(y * _side) + x] = (0.7f * bristle) + (0.6f * edge) + (0.5f * done);
    }

    private float Thickness(int x, int y) => _thickness[(Math.Clamp(y, 0, _side - 1) * _side) + Math.Clamp(x, 0, _side - 1)];
}
