using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training.Optimization;

namespace Wct.Training.Tests.Optimization;

public class LbfgsTests
{
    // A sum of Rosenbrock's functions, whose minimum 0 is at ones, at the end of a curved valley.
    [Fact]
    public void FindsTheMinimumOfRosenbrocksFunction()
    {
        using CpuBackend backend = CpuBackend.Create();
        TensorShape shape = new(1, 1, 20);
        int evaluations = 0;
        float[] start = [.. Enumerable.Repeat((float[])[-1.2f, 1], 10).SelectMany(x => x)];
        using Lbfgs optimizer = new(backend, Evaluate, backend.Tensor(shape, start));
        optimizer.Evaluate();
        double before = optimizer.Value;
        for (int step = 0; step < 60 && optimizer.Step(CancellationToken.None); step++)
        {
            Assert.True(optimizer.Value < before);
            before = optimizer.Value;
        }

        Assert.InRange(optimizer.Value, 0, 1e-8);
        Assert.All(backend.Numbers(optimizer.Picture), x => Assert.Equal(1, x, 1e-3));
        Assert.InRange(evaluations, 1, 120);

        double Evaluate(Tensor x, Tensor gradient)
        {
            evaluations++;
            float[] at = backend.Numbers(x), slope = new float[at.Length];
            double sum = 0;
            for (int i = 0; i < at.Length; i += 2)
            {
                double a = 1 - at[i], b = at[i + 1] - (double)at[i] * at[i];
                sum += a * a + 100 * b * b;
                slope[i] = (float)(-2 * a - 400 * at[i] * b);
                slope[i + 1] = (float)(200 * b);
            }

            backend.Write(slope, gradient);
            return sum;
        }
    }

    // With exact line searches, n + 1 steps suffice for a quadratic function of n variables; these searches are not exact.
    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void TheScaleOfTheLossDoesNotMatter(double scale)
    {
        using CpuBackend backend = CpuBackend.Create();
        float[] weights = [1, 3, 10, 30, 100, 300];
        using Lbfgs optimizer = new(backend, Evaluate, backend.Tensor(new TensorShape(1, 2, 3), [1, 1, 1, 1, 1, 1]));
        optimizer.Evaluate();
        double start = optimizer.Value;
        for (int step = 0; step < 30 && optimizer.Step(CancellationToken.None); step++)
        {
        }

        Assert.InRange(optimizer.Value, 0, 1e-8 * start);

        double Evaluate(Tensor x, Tensor gradient)
        {
            float[] at = backend.Numbers(x);
            backend.Write([.. at.Zip(weights, (value, weight) => (float)(scale * weight * value))], gradient);
            return scale / 2 * at.Zip(weights, (value, weight) => (double)weight * value * value).Sum();
        }
    }

    [Fact]
    public void EndsAtAMinimum()
    {
        using CpuBackend backend = CpuBackend.Create();
        using Lbfgs optimizer = new(
            backend, (_, gradient) =>
            {
                backend.Write([0, 0], gradient);
                return 5;
            },
            backend.Tensor(new TensorShape(1, 1, 2), [1, 2]));
        optimizer.Evaluate();
        Assert.False(optimizer.Step(CancellationToken.None));
        Assert.Equal([1, 2], backend.Numbers(optimizer.Picture));
    }
}
