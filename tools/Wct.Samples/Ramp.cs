namespace Wct.Samples;

/// <summary>Ways from 0 to 1.</summary>
internal static class Ramp
{
    /// <summary>0 up to <paramref name="low"/>, 1 from <paramref name="high"/> on, a smooth way between; falling where low is above
    /// high.</summary>
    internal static float Smooth(float low, float high, float x)
    {
        float t = Math.Clamp((x - low) / (high - low), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>1 at the center, falling to 0 like a bell; 0.37 at <paramref name="width"/> from it.</summary>
    internal static float Bell(float distance, float width) => MathF.Exp(-(distance * distance) / (width * width));

    /// <summary>The part of a number behind its point, in [0, 1) for negative ones too.</summary>
    internal static float Fraction(float x) => x - MathF.Floor(x);
}
