namespace Wct.Kernels;

/// <summary>Constants of one step of Adam (Kingma and Ba 2015, algorithm 1).</summary>
/// <param name="Number">The step, counted from 1: it decides the correction of the running means' bias.</param>
/// <param name="Rate">Learning rate, α.</param>
/// <param name="GradientScale">What gradients are multiplied by first: 1, or less where their norm is clipped.</param>
/// <param name="Beta1">Decay of the mean.</param>
/// <param name="Beta2">Decay of the mean square.</param>
/// <param name="Epsilon">Added to the root.</param>
public readonly record struct AdamStep(
    long Number, double Rate, double GradientScale = 1, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8)
{
    /// <summary>α / (1 - β1^t).</summary>
    internal float StepSize => (float)(Rate / (1 - Math.Pow(Beta1, Number)));

    /// <summary>1 / √(1 - β2^t).</summary>
    internal float RootScale => (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, Number)));
}
