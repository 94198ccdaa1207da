namespace Wct.Kernels.Elementwise;

/// <summary>Applies activation functions, and computes their gradients.</summary>
internal static partial class ActivationPass
{
    /// <summary>Scalar reference. The output may be the input.</summary>
    internal static void Reference(ReadOnlySpan<float> input, Activation activation, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
            output[i] = (float)activation.Apply(input[i]);
    }

    /// <summary>Scalar reference of the gradient, in place: multiplies it by the derivative, which is computed from the function's
    /// value.</summary>
    internal static void ReferenceGradient(ReadOnlySpan<float> output, Activation activation, Span<float> gradient)
    {
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = (float)(gradient[i] * activation.Derivative(output[i]));
    }
}
