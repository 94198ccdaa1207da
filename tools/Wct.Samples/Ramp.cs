namespace Wct.Samples;

/// <summary>Functions with values between 0 and 1.</summary>
internal static class Ramp
{
    /// <summary>Returns 0 up to <paramref name="low"/>, 1 from <paramref name="high"/> on, and a smooth transition between; decreasing if
    /// low is above high.</summary>
    internal static float Smooth(float low, float high, float x)
    {
        float t = Math.Clamp((x - low) / (high - low), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>Returns a bell curve: 1 at the center, 0.37 at a distance of <paramref name="width"/>.</summary>
    internal static float Bell(float distance, float width) => MathF.Exp(-(distance * distance) / (width * width));

    /// <summary>Returns the fractional part of a number, in [0, 1) for negative numbers too.</summary>
    internal static float Fraction(float x) => x - MathF.Floor(x);
}
