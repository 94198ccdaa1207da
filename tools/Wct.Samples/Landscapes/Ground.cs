using System.Numerics;

namespace Wct.Samples.Landscapes;

/// <summary>Rock, snow, forest and grass in the sun; haze increases with distance.</summary>
internal static class Ground
{
    private static readonly Vector3 Haze = new(0.50f, 0.62f, 0.80f);

    /// <summary>Returns the light that reaches the eye from a place on the ground.</summary>
    internal static Vector3 Light(Vector3 place)
    {
        float step = place.Z * 0.0016f;
        float here = Terrain.Height(place.X, place.Z);
        float right = Terrain.Height(place.X + step, place.Z), behind = Terrain.Height(place.X, place.Z + step);
        Vector3 normal = Vector3.Normalize(new Vector3(here - right, step, here - behind));
        float sun = Math.Max(0, Vector3.Dot(normal, Sky.Sun));
        Vector3 light = (new Vector3(2.1f, 1.75f, 1.3f) * sun * (sun > 0 ? Sunlit(place, here) : 0))
            + (new Vector3(0.16f, 0.22f, 0.33f) * (0.55f + (0.45f * normal.Y)));
        float haze = 1 - MathF.Exp(-place.Z / 330);
        return Vector3.Lerp(Surface(place, normal, here) * light, Haze * (0.85f - (0.001f * place.X)), haze);
    }

    private static Vector3 Surface(Vector3 place, Vector3 normal, float height)
    {
        float patch = Noise.Fractal(place.X * 0.5f, place.Z * 0.5f, 4, 81);
        float strata = Noise.At(place.X * 0.25f, (place.Y * 1.3f) + patch, 82);
        Vector3 rock = Vector3.Lerp(new Vector3(0.30f, 0.26f, 0.23f), new Vector3(0.44f, 0.41f, 0.38f), 0.5f + strata) * (1 + patch);
        Vector3 grass = Vector3.Lerp(new Vector3(0.10f, 0.17f, 0.035f), new Vector3(0.25f, 0.24f, 0.07f), 0.5f + patch);
        Vector3 forest = Vector3.Lerp(new Vector3(0.022f, 0.06f, 0.025f), new Vector3(0.07f, 0.12f, 0.035f), 0.5f + (0.8f * patch));
        Vector3 surface = Vector3.Lerp(
            grass, rock, Math.Max(Ramp.Smooth(0.78f, 0.55f, normal.Y), Ramp.Smooth(8, 13, height + (4 * patch))));
        surface = Vector3.Lerp(surface, forest, Terrain.Wooded(place.X, place.Z, height));
        // Snow is only on high places that are not too steep.
        float snow = Ramp.Smooth(15, 19, height + (7 * patch)) * Ramp.Smooth(0.30f, 0.5f, normal.Y);
        return Vector3.Lerp(surface, new Vector3(0.88f, 0.90f, 0.95f), snow);
    }

    // Checks points toward the sun at growing distances; ground that rises above them casts a shadow.
    private static float Sunlit(Vector3 place, float height)
    {
        if (place.Z < 60)
            return 1;
        float lit = 1;
        for (float way = 1.5f; way < 24 && lit > 0; way *= 2.2f)
        {
            Vector3 p = place + (Sky.Sun * way);
            lit = Math.Min(lit, 1 - Ramp.Smooth(0, 0.16f * way, Terrain.Height(p.X, p.Z) - height - (Sky.Sun.Y * way)));
        }

        return lit;
    }
}
