using Wct.Kernels.Losses;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Tests.Contract;

public class ProductContract
{
    // Odd numbers of vectors, maps with several groups, segments and bands, and pictures.
    private static readonly TensorShape[] Shapes =
    [
        new(1, 1, 1), new(3, 4, 7), new(16, 1, 1), new(16, 9, 15), new(24, 17, 5), new(33, 3, 67), new(48, 8, 9), new(72, 8, 9),
        new(128, 5, 6), new(16, 131, 70), new(17, 200, 200), new(20, 2, 5000),
    ];

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void GramMatricesAgreeWithTheDefinition(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (TensorShape shape in Shapes)
        {
            float[] numbers = Samples.Numbers(shape.Length, 4);
            double[] gram = new double[shape.Channels * shape.Channels], expected = new double[gram.Length];
            GramMatrix.Reference(numbers, shape, expected);
            using Tensor features = backend.Tensor(shape, numbers);
            backend.Gram(features, gram);
            // Products are summed in single precision.
            Accuracy.Check<double>($"Gram matrix of {shape}", 1e-12, expected, gram);
            for (int i = 0; i < gram.Length; i++)
                Assert.Equal(gram[i], gram[i % shape.Channels * shape.Channels + i / shape.Channels]);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void InnerProductsAgreeWithTheDefinition(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (TensorShape shape in Shapes)
        {
            float[] left = Samples.Numbers(shape.Length, 1), right = Samples.Numbers(shape.Length, 2);
            using Tensor first = backend.Tensor(shape, left), second = backend.Tensor(shape, right);
            double scale = Math.Sqrt(LossSums.ReferenceDot(left, left) * LossSums.ReferenceDot(right, right));
            Assert.Equal(LossSums.ReferenceDot(left, right), backend.Dot(first, second), 1e-12 * scale);
            Assert.Equal(LossSums.ReferenceDot(left, left), backend.Dot(first, first), 1e-12 * scale);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void ArgumentsAreChecked(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        using Tensor first = backend.Tensor(new TensorShape(2, 1, 3), [1, 2, 3, 4, 5, 6]);
        using Tensor other = backend.Allocate(new TensorShape(3, 1, 2));
        double[] gram = new double[4];
        backend.Gram(first, gram);
        Assert.Equal([14, 32, 32, 77], gram);
        Assert.Contains("3 elements", Assert.Throws<ArgumentException>(() => backend.Gram(first, new double[3])).Message);
        Assert.Contains("second", Assert.Throws<ArgumentException>(() => backend.Dot(first, other)).Message);
    }
}
