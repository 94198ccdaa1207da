using Wct.Kernels;
using Wct.Training.Losses;

namespace Wct.Training.Tests.Losses;

/// <summary>Evaluates a loss term on given numbers, and compares its gradient with finite differences.</summary>
internal static class LossCheck
{
    /// <summary>Computes weight·loss and its gradient at one tap.</summary>
    internal static (double Loss, float[] Gradient) Evaluate(
        TrainingBackend backend, ILossTerm term, double weight, string tap, TensorShape shape, float[] output, float[] target)
    {
        // A target of another length is treated as one row of pixels.
        TensorShape targetShape = target.Length == output.Length ? shape
            : new TensorShape(shape.Channels, 1, target.Length / shape.Channels);
        using Tensor outputs = backend.Tensor(shape, output), targets = backend.Tensor(targetShape, target);
        using LossContext context = new(
            new LossTargets(backend, new Dictionary<string, Tensor> { [tap] = targets }),
            new Dictionary<string, Tensor> { [tap] = outputs });
        double loss = term.Evaluate(context, weight);
        float[] gradient = new float[output.Length];
        backend.Read(context.Gradient(tap), gradient);
        return (loss, gradient);
    }

    /// <summary>Compares the gradient with central differences.</summary>
    /// <param name="limit">The largest normalized mean square error.</param>
    internal static void Differences(
        TrainingBackend backend, ILossTerm term, double weight, string tap, TensorShape shape, float[] output, float[] target, double limit)
    {
        const float Step = 1 / 64f;
        float[] actual = Evaluate(backend, term, weight, tap, shape, output, target).Gradient, expected = new float[output.Length];
        for (int i = 0; i < output.Length; i++)
        {
            float[] above = [.. output], below = [.. output];
            above[i] += Step;
            below[i] -= Step;
            double difference = Evaluate(backend, term, weight, tap, shape, above, target).Loss
                - Evaluate(backend, term, weight, tap, shape, below, target).Loss;
            expected[i] = (float)(difference / (above[i] - (double)below[i]));
        }

        Assert.Contains(expected, value => value != 0);
        Accuracy.Check<float>($"gradient of {term.Name}", limit, expected, actual);
    }

    /// <summary>Creates random numbers in 0..1.</summary>
    internal static float[] Numbers(TensorShape shape, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, (int)shape.Length).Select(_ => random.NextSingle())];
    }
}
