using System.Runtime.Intrinsics;

namespace Wct.Kernels;

/// <summary>Converts components before and after they are summed, depending on the alpha channel.</summary>
internal interface IAlphaHandling
{
    /// <summary>Prepares components for summing. Pixels with four channels start at lanes 0 and 4.</summary>
    /// <param name="components">Eight consecutive components, 0 to 255.</param>
    static abstract Vector256<float> Premultiply(Vector256<float> components);

    /// <summary>Converts a pixel's sums back to components.</summary>
    /// <param name="sums">Sums of prepared components.</param>
    static abstract Vector128<float> Unpremultiply(Vector128<float> sums);
}

/// <summary>For pictures without alpha: components are not changed.</summary>
internal readonly struct NoAlpha : IAlphaHandling
{
    public static Vector256<float> Premultiply(Vector256<float> components) => components;

    public static Vector128<float> Unpremultiply(Vector128<float> sums) => sums;
}

/// <summary>For pictures with alpha (RGBA): colors are multiplied by alpha, and alpha by 255, so that all lanes have the same
/// scale.</summary>
internal readonly struct PremultipliedAlpha : IAlphaHandling
{
    public static Vector256<float> Premultiply(Vector256<float> components)
    {
        Vector256<float> alphas = Vector256.Shuffle(components, Vector256.Create(3, 3, 3, 3, 7, 7, 7, 7));
        Vector256<int> isAlpha = Vector256.Create(0, 0, 0, -1, 0, 0, 0, -1);
        return components * Vector256.ConditionalSelect(isAlpha.AsSingle(), Vector256.Create(255f), alphas);
    }

    public static Vector128<float> Unpremultiply(Vector128<float> sums)
    {
        // The cubic filter overshoots, so the sum of alpha may be negative or too large. Alpha below half a level is transparent.
        float alpha = sums[3] * (1 / 255f);
        return alpha < 0.5f ? Vector128<float>.Zero : (sums * (1 / alpha)).WithElement(3, alpha);
    }
}
