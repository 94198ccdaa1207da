namespace Wct.Kernels.Optimizers;

/// <summary>Adam (Kingma and Ba 2015) in the form that PyTorch uses: x -= α/(1 - β1^t) · m / (√v/√(1 - β2^t) + ε).</summary>
internal static partial class AdamUpdate
{
    /// <summary>Scalar reference. It computes in double precision and stores floats.</summary>
    internal static void Reference(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> square, in AdamStep step)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            double gradient = gradients[i] * step.GradientScale;
            double m = step.Beta1 * mean[i] + (1 - step.Beta1) * gradient;
            double v = step.Beta2 * square[i] + (1 - step.Beta2) * gradient * gradient;
            mean[i] = (float)m;
            square[i] = (float)v;
            double rate = step.Rate / (1 - Math.Pow(step.Beta1, step.Number)),
                root = Math.Sqrt(v / (1 - Math.Pow(step.Beta2, step.Number)));
            parameters[i] -= (float)(rate * m / (root + step.Epsilon));
        }
    }
}
