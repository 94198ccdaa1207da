using System.Numerics;

namespace Wct.Samples.Landscapes;

/// <summary>A mountain lake on a summer morning, seen across a meadow.</summary>
internal static class Landscape
{
    private const int Width = 1536, Height = 1024;

    internal static Canvas Draw()
    {
        View view = new(Width, Height);
        float[] distances = view.Distances();
        Canvas canvas = new(Width, Height);
        Parallel.For(0, Height / 2, y =>
        {
            for (int x = 0; x < Width; x += 2)
                Block(canvas, view, distances, x, 2 * y);
        });
        Meadow.Draw(canvas, view);
        Conifer.Draw(canvas, view.Project(new Vector3(2.15f, 0.2f, 5.4f)), height: 930, seed: 1);
        Conifer.Draw(canvas, view.Project(new Vector3(3.0f, 0.25f, 6.4f)), height: 560, seed: 2);
        Conifer.Draw(canvas, view.Project(new Vector3(-3.5f, 0.25f, 7.2f)), height: 420, seed: 3);
        return canvas;
    }

    // The four samples of a pixel are equal unless an outline passes between them; only then each is computed.
    private static void Block(Canvas canvas, View view, float[] distances, int x, int y)
    {
        float first = distances[(y * Width) + x], last = distances[((y + 1) * Width) + x + 1];
        float right = distances[(y * Width) + x + 1], below = distances[((y + 1) * Width) + x];
        float low = Math.Min(Math.Min(first, last), Math.Min(right, below)), high = Math.Max(Math.Max(first, last), Math.Max(right, below));
        bool same = low == high || high < low * 1.03f;
        Vector3 seen = Seen(view, distances, x, y);
        for (int i = 0; i < 4; i++)
            canvas[x + (i & 1), y + (i >> 1)] = same || i == 0 ? seen : Seen(view, distances, x + (i & 1), y + (i >> 1));
    }

    private static Vector3 Seen(View view, float[] distances, int x, int y)
    {
        float distance = distances[(y * Width) + x];
        if (float.IsPositiveInfinity(distance))
            return Color.Expose(Sky.Light(view.Ray(x, y)), 1.5f);
        Vector3 place = view.Place(x, y, distance);
        Vector3 light = place.Y > 0.001f ? Ground.Light(place) : Water(view, distances, x, y, place);
        return Color.Expose(light, 1.5f);
    }

    // The reflection of distant objects is nearly the picture mirrored at the horizon, distorted by ripples.
    private static Vector3 Water(View view, float[] distances, int x, int y, Vector3 place)
    {
        float far = Ramp.Smooth(60, 6, place.Z);
        float ripple = Noise.Fractal(place.X * 1.6f, place.Z * 4, 3, 61) * (0.3f + (0.7f * far));
        float breeze = Ramp.Smooth(0.05f, 0.3f, Noise.Fractal(place.X * 0.07f, place.Z * 0.22f, 3, 62));
        int mirroredY = Math.Clamp((int)((2 * view.Horizon) - y + (ripple * (10 + (26 * breeze)))), 0, Height - 1);
        int mirroredX = Math.Clamp((int)(x + (ripple * 5)), 0, Width - 1);
        float distance = distances[(mirroredY * Width) + mirroredX];
        Vector3 mirrored = float.IsPositiveInfinity(distance)
            ? Sky.Light(view.Ray(mirroredX, mirroredY))
            : Ground.Light(view.Place(mirroredX, mirroredY, distance));
        Vector3 body = new(0.012f, 0.045f, 0.055f);
        return Vector3.Lerp(body, mirrored, 0.82f - (0.35f * far)) + (new Vector3(0.06f, 0.07f, 0.08f) * breeze * Math.Max(0, ripple));
    }
}
