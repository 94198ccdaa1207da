using System.Numerics;

namespace Wct.Samples;

/// <summary>Converts colors, which are amounts of linear light: X is red, Y is green, Z is blue, and 1 is white.</summary>
internal static class Color
{
    /// <summary>Converts a color like #rrggbb of a web page.</summary>
    internal static Vector3 Rgb(int hex) => new(Linear((hex >> 16) & 255), Linear((hex >> 8) & 255), Linear(hex & 255));

    /// <summary>Converts an amount of light to a byte of an sRGB picture.</summary>
    internal static byte Encode(float light)
    {
        float value = light <= 0.0031308f ? 12.92f * light : (1.055f * MathF.Pow(light, 1 / 2.4f)) - 0.055f;
        return (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5f);
    }

    /// <summary>Returns the luminance of a color.</summary>
    internal static float Luminance(Vector3 color) => Vector3.Dot(color, new Vector3(0.2126f, 0.7152f, 0.0722f));

    /// <summary>Maps light of any strength to a small range, as film does: the brightest parts are compressed and not cut off.</summary>
    internal static Vector3 Expose(Vector3 light, float exposure)
    {
        light *= exposure;
        return light * (Vector3.One + (light * 0.15f)) / (Vector3.One + light);
    }

    private static float Linear(int value)
    {
        float v = value / 255f;
        return v <= 0.04045f ? v / 12.92f : MathF.Pow((v + 0.055f) / 1.055f, 2.4f);
    }
}
