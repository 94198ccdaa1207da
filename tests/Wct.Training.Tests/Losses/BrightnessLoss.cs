using Wct.Kernels;
using Wct.Training.Losses;

namespace Wct.Training.Tests.Losses;

/// <summary>A loss term written for these tests against the public interface: (mean(d) - mean(x))² at one tap.</summary>
public sealed class BrightnessLoss(string tap) : ILossTerm
{
    /// <inheritdoc/>
    public string Name => "brightness";

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; } = [tap];

    /// <inheritdoc/>
    public string Description => $"brightness at {tap}";

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        Tensor output = context.Output(tap);
        double difference = Mean(context.Backend, output) - Mean(context.Backend, context.Target(tap));
        float[] slope = new float[output.Shape.Length];
        Array.Fill(slope, (float)(2 * weight * difference / slope.Length));
        Tensor gradient = context.Backend.Allocate(output.Shape);
        context.Backend.Write(slope, gradient);
        context.AddGradient(tap, gradient);
        return weight * difference * difference;
    }

    private static double Mean(TrainingBackend backend, Tensor tensor)
    {
        float[] numbers = new float[tensor.Shape.Length];
        backend.Read(tensor, numbers);
        return numbers.Average(number => (double)number);
    }
}
