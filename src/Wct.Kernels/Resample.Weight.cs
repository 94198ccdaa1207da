using System.Runtime.Intrinsics;

namespace Wct.Kernels;

/// <summary>How components enter the sums of resampling, and how they come out of them.</summary>
internal interface IComponentWeight
{
    /// <summary>Components as they are summed up; pixels of four channels start at lanes 0 and 4.</summary>
    static abstract Vector256<float> Weigh(Vector256<float> components);

    /// <summary>A pixel's components from their sums.</summary>
    static abstract Vector128<float> Unweigh(Vector128<float> sums);
}

/// <summary>Components that do not depend on each other.</summary>
internal readonly struct PlainWeight : IComponentWeight
{
    public static Vector256<float> Weigh(Vector256<float> components) => components;

    public static Vector128<float> Unweigh(Vector128<float> sums) => sums;
}

/// <summary>Red, green, blue, alpha: colors are multiplied by alpha, and alpha by 255 so that all lanes have the same scale.</summary>
internal readonly struct PremultipliedWeight : IComponentWeight
{
    public static Vector256<float> Weigh(Vector256<float> components)
    {
        Vector256<float> alphas = Vector256.Shuffle(components, Vector256.Create(3, 3, 3, 3, 7, 7, 7, 7));
        Vector256<int> isAlpha = Vector256.Create(0, 0, 0, -1, 0, 0, 0, -1);
        return components * Vector256.ConditionalSelect(isAlpha.AsSingle(), Vector256.Create(255f), alphas);
    }

    public static Vector128<float> Unweigh(Vector128<float> sums)
    {
        // Overshooting makes sums of alpha negative or too large; less than half a level is none.
        float alpha = sums[3] * (1 / 255f);
        return alpha < 0.5f ? Vector128<float>.Zero : (sums * (1 / alpha)).WithElement(3, alpha);
    }
}
