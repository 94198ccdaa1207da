using System.Numerics;

namespace Wct.Samples.Landscapes;

/// <summary>A blue sky, paler toward the horizon, with clouds at one height.</summary>
internal static class Sky
{
    /// <summary>Unit vector toward the sun, which is on the left, behind the viewer.</summary>
    internal static readonly Vector3 Sun = Vector3.Normalize(new Vector3(-0.75f, 0.52f, -0.30f));

    /// <summary>Returns the light from a direction.</summary>
    /// <param name="ray">The direction, with Z = 1; it need not be normalized.</param>
    internal static Vector3 Light(Vector3 ray)
    {
        float up = Math.Max(0.012f, ray.Y);
        Vector3 blue = Vector3.Lerp(
            new Vector3(0.60f, 0.72f, 0.86f), new Vector3(0.07f, 0.20f, 0.56f), Ramp.Smooth(-0.12f, 0.42f, up - (0.08f * ray.X)));
        // Coordinates in the plane of the clouds: the middle distance is compressed, and the horizon disappears in haze.
        float x = ray.X / (up + 0.08f) * 0.9f, y = 1.15f / (up + 0.08f);
        float density = Density(x, y);
        float cover = Ramp.Smooth(0.02f, 0.30f, density);
        float towardsSun = Density(x - 0.16f, y + 0.05f);
        float lit = Math.Clamp(0.66f + (1.5f * (density - towardsSun)) - (0.5f * Math.Max(0, density - 0.15f)), 0.25f, 1);
        Vector3 cloud = Vector3.Lerp(new Vector3(0.42f, 0.47f, 0.58f), new Vector3(1.45f, 1.38f, 1.28f), lit);
        return Vector3.Lerp(blue, cloud, cover * Ramp.Smooth(0.0f, 0.12f, up));
    }

    private static float Density(float x, float y)
    {
        float warp = 0.35f * Noise.At(x * 0.8f, y * 0.8f, 91);
        return Noise.Fractal((x * 0.7f) + warp, (y * 0.95f) + 1.3f, 6, 92) + 0.02f;
    }
}
