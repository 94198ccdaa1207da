using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>The mean of the squared differences over all elements.</summary>
internal static class MeanSquaredError
{
    /// <summary>Returns weight·mean((output - target)²) at a tap, and adds the gradient there.</summary>
    internal static double Add(LossContext context, string tap, double weight)
    {
        double loss = Of(context.Backend, context.Output(tap), context.Target(tap), weight, out Tensor gradient);
        context.AddGradient(tap, gradient);
        return loss;
    }

    /// <summary>Computes weight·mean((actual - target)²) and its gradient.</summary>
    /// <param name="backend">The backend of the tensors.</param>
    /// <param name="actual">[C, h, w].</param>
    /// <param name="target">[C, h, w].</param>
    /// <param name="weight">Multiplies value and gradient.</param>
    /// <param name="gradient">[C, h, w]; the caller disposes of it.</param>
    internal static double Of(TrainingBackend backend, Tensor actual, Tensor target, double weight, out Tensor gradient)
    {
        gradient = backend.Allocate(actual.Shape);
        double scale = weight / actual.Shape.Length;
        return scale * backend.SquaredError(actual, target, (float)(2 * scale), gradient);
    }
}
