using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Tasks;

public class FeatureLossTests
{
    [Fact]
    public void GramMatrixIsWhatThePaperSays()
    {
        using CpuBackend backend = CpuBackend.Create();
        using Tensor features = Tensor(backend, new TensorShape(2, 1, 3), [1, 2, 3, 4, 5, 6]);
        // F·Fᵀ = [14 32; 32 77], divided by the six elements.
        Accuracy.Check<double>("Gram", 1e-24, [14 / 6.0, 32 / 6.0, 32 / 6.0, 77 / 6.0], FeatureLoss.Gram(backend, features));
    }

    [Fact]
    public void StyleGradientIsThatOfDifferences()
    {
        using CpuBackend backend = CpuBackend.Create();
        TensorShape shape = new(9, 4, 5);
        Random random = new(1);
        float[] numbers = [.. Enumerable.Range(0, (int)shape.Length).Select(_ => random.NextSingle())];
        double[] target = [.. Enumerable.Range(0, 81).Select(i => (i / 9 + i % 9) / 16.0)];
        using Tensor features = Tensor(backend, shape, numbers);
        FeatureLoss.GramStyle(backend, features, target, 3, out Tensor gradient);
        float[] actual = new float[numbers.Length], expected = new float[numbers.Length];
        using (gradient)
            backend.Read(gradient, actual);
        const float Step = 1 / 64f;
        for (int i = 0; i < numbers.Length; i++)
        {
            float before = numbers[i];
            double above = Loss(backend, shape, numbers, target, i, before + Step), below = Loss(backend, shape, numbers, target, i, before - Step);
            expected[i] = (float)((above - below) / (2 * Step));
            numbers[i] = before;
        }

        // The loss is of fourth order: its differences carry an error of the step's square.
        Accuracy.Check<float>("style gradient", 1e-6, expected, actual);
    }

    [Fact]
    public void SquaredLossIsAMean()
    {
        using CpuBackend backend = CpuBackend.Create();
        using Tensor actual = Tensor(backend, new TensorShape(1, 2, 2), [1, 2, 3, 4]), target = Tensor(backend, new TensorShape(1, 2, 2), [1, 2, 3, 0]);
        Assert.Equal(8, FeatureLoss.Squared(backend, actual, target, 2, out Tensor gradient), 1e-12);
        float[] numbers = new float[4];
        using (gradient)
            backend.Read(gradient, numbers);
        Assert.Equal([0, 0, 0, 4], numbers);
    }

    private static double Loss(Backend backend, TensorShape shape, float[] numbers, double[] target, int index, float value)
    {
        numbers[index] = value;
        using Tensor features = Tensor(backend, shape, numbers);
        double loss = FeatureLoss.GramStyle(backend, features, target, 3, out Tensor gradient);
        gradient.Dispose();
        return loss;
    }

    private static Tensor Tensor(Backend backend, TensorShape shape, float[] numbers)
    {
        Tensor tensor = backend.Allocate(shape);
        backend.Write(numbers, tensor);
        return tensor;
    }
}
