using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>The table and the wall behind it, and the window that lights them.</summary>
internal static class Room
{
    /// <summary>The wall's position.</summary>
    internal const float WallZ = 2.4f;

    /// <summary>The center of the window.</summary>
    internal static readonly Vector3 Window = new(-5.2f, 4.6f, -3.6f);

    /// <summary>Half the window's width divided by its distance; determines how soft shadows are.</summary>
    internal const float Spread = 0.06f;

    /// <summary>Returns the color of the wood: planks across the picture, each with its own grain.</summary>
    internal static Vector3 Wood(float x, float z)
    {
        float plank = MathF.Floor((z + 10.13f) / 0.62f), within = Ramp.Fraction((z + 10.13f) / 0.62f);
        int number = (int)plank;
        float bend = 0.6f * Noise.At(x * 0.35f, (z * 1.2f) + (number * 7.3f), 131);
        float rings = Noise.Fractal((x * 0.5f) + (number * 3.7f), (z * 9) + (bend * 6), 4, 132);
        float fiber = Noise.Fractal((x * 3) + (number * 5), z * 90, 3, 133);
        Vector3 wood = Vector3.Lerp(Color.Rgb(0x5A3318), Color.Rgb(0xB57C45), Math.Clamp(0.5f + (1.1f * rings) + (0.3f * fiber), 0, 1));
        float joint = Ramp.Smooth(0.0f, 0.025f, Math.Min(within, 1 - within));
        return wood * (0.8f + (0.4f * Noise.Random(number, 0, 134))) * (0.25f + (0.75f * joint));
    }

    /// <summary>Returns the color of the wall: old plaster with stains.</summary>
    internal static Vector3 Plaster(float x, float y)
    {
        float stain = Noise.Fractal(x * 0.7f, y * 0.7f, 5, 135), grain = Noise.Fractal(x * 9, y * 9, 4, 136);
        return Vector3.Lerp(Color.Rgb(0x8C8468), Color.Rgb(0xB9A67E), 0.5f + stain) * (0.92f + (0.35f * grain));
    }
}
