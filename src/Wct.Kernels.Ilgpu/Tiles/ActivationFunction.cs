using ILGPU;
using static Wct.Kernels.Elementwise.TanhCoefficients;

namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Activation functions.</summary>
internal static class ActivationFunction
{
    /// <summary>Clamps to a range, or returns the value.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="kind">The number of an <see cref="ActivationKind"/>: none, ReLU or clamp.</param>
    internal static float Clamp(float value, int kind)
    {
        if (kind == (int)ActivationKind.Relu)
            return Math.Max(0f, value);
        return kind == (int)ActivationKind.Clamp ? Math.Min(1f, Math.Max(0f, value)) : value;
    }

    /// <summary>Applies any function.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="kind">The number of an <see cref="ActivationKind"/>.</param>
    /// <param name="slopeBits">The bits of a leaky ReLU's slope.</param>
    internal static float Apply(float value, int kind, int slopeBits)
    {
        if (kind == (int)ActivationKind.LeakyRelu)
        {
            // Not a branch: ILGPU's OpenCL C would lose NaN.
            bool isPositive = value > 0f;
            return isPositive ? value : Interop.IntAsFloat((uint)slopeBits) * value;
        }

        return kind == (int)ActivationKind.Tanh ? Tanh(value) : Clamp(value, kind);
    }

    // The quotient of polynomials that the processor computes.
    private static float Tanh(float value)
    {
        float x = Math.Max(-Largest, Math.Min(value, Largest)), square = x * x;
        float p = square * P5 + P4;
        p = square * p + P3;
        p = square * p + P2;
        p = square * p + P1;
        p = square * p + 1f;
        float q = square * Q4 + Q3;
        q = square * q + Q2;
        q = square * q + Q1;
        q = square * q + 1f;
        // Rounding can give a result just beyond 1.
        return Math.Max(-1f, Math.Min(x * p / q, 1f));
    }
}
