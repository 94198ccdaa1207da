using Wct.Kernels.Optimizers;

namespace Wct.Kernels.Tests.Contract;

public class OptimizerContract
{
    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void AdamAgreesWithTheDefinition(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (int count in (int[])[1, 7, 8, 33, 1000])
        {
            float[] start = Samples.Numbers(count, 1), actual = [.. start], expected = [.. start];
            float[] mean = new float[count], square = new float[count], expectedMean = new float[count], expectedSquare = new float[count];
            for (int number = 1; number <= 20; number++)
            {
                float[] gradients = Samples.Numbers(count, number + 1);
                AdamStep step = new(number, 1e-2, number == 3 ? 0.5 : 1);
                backend.Adam(actual, gradients, mean, square, step);
                AdamUpdate.Reference(expected, gradients, expectedMean, expectedSquare, step);
            }

            // Compares the updates, not the parameters, which hardly change.
            Accuracy.Check<float>($"{count} parameters", 1e-11, Differences(expected, start), Differences(actual, start));
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void TheFirstStepHasTheSizeOfTheLearningRate(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        float[] parameters = [1, 1, 1];
        backend.Adam(parameters, [1e-3f, -5, 0], new float[3], new float[3], new AdamStep(1, 0.25));
        Assert.Equal([0.75f, 1.25f, 1], parameters.Select(value => MathF.Round(value, 4)));
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void AddScaledAgrees(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        float[] values = Samples.Numbers(1003, 1);
        Assert.Equal(values.Sum(value => (double)value * value), backend.SumOfSquares(values), 1e-10);
        TensorShape shape = new(17, 3, 5);
        float[] source = Samples.Numbers(shape.Length, 2), destination = Samples.Numbers(shape.Length, 3);
        using Tensor from = backend.Tensor(shape, source), to = backend.Tensor(shape, destination);
        backend.AddScaled(from, 0.25f, to);
        Accuracy.Check<float>("sum", 1e-14, destination.Zip(source, (d, s) => d + 0.25f * s).ToArray(), backend.Numbers(to));
        BorderCheck.Reflects(backend, to);
    }

    // Exact, because the order of additions is part of the definition.
    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void GradientsAddUpInOrder(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (int count in (int[])[0, 1, 7, 33, 10_000])
        {
            float[][] parts = [.. Enumerable.Range(1, 5).Select(seed => Samples.Numbers(count, seed))];
            float[] expected = new float[count], actual = new float[count];
            GradientSum.Reference(parts, expected);
            backend.Sum(parts, actual);
            Assert.Equal(expected, actual);
            backend.Sum(parts[..1], actual);
            Assert.Equal(parts[0], actual);
        }

        Assert.Contains("parts", Assert.Throws<ArgumentException>(() => backend.Sum([new float[3], new float[4]], new float[3])).Message);
    }

    private static float[] Differences(float[] after, float[] before) => [.. after.Zip(before, (a, b) => a - b)];
}
