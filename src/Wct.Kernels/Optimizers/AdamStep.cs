namespace Wct.Kernels;

/// <summary>Parameters of one step of Adam (Kingma and Ba 2015, algorithm 1).</summary>
/// <param name="Number">Number of the step, from 1; used for the bias correction of the running means.</param>
/// <param name="Rate">Learning rate, α.</param>
/// <param name="GradientScale">Factor applied to the gradients first: 1, or less if their norm is clipped.</param>
/// <param name="Beta1">Decay rate of the running mean, β1.</param>
/// <param name="Beta2">Decay rate of the running mean of squares, β2.</param>
/// <param name="Epsilon">Added to the square root in the denominator, ε.</param>
public readonly record struct AdamStep(
    long Number, double Rate, double GradientScale = 1, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8)
{
    /// <summary>α / (1 - β1^t).</summary>
    internal float StepSize => (float)(Rate / (1 - Math.Pow(Beta1, Number)));

    /// <summary>1 / √(1 - β2^t).</summary>
    internal float RootScale => (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, Number)));
}
