using Wct.Kernels.Cpu;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Tests.LinearAlgebra;

public class TransposedProductTests
{
    public static TheoryData<Isa> Widths => [.. IsaSelection.Supported];

    [Theory]
    [MemberData(nameof(Widths))]
    public void AgreesWithTheDefinition(Isa isa)
    {
        int[] sizes = [0, 1, 3, 4, 15, 16, 17, 65, 130];
        Random random = new(1);
        foreach (int depth in sizes)
        {
            foreach (int rows in sizes.Skip(1))
            {
                int columns = sizes[1 + random.Next(sizes.Length - 1)];
                double[] a = Numbers(random, depth * rows), b = Numbers(random, depth * columns);
                double[] expected = new double[rows * columns], actual = new double[rows * columns];
                TransposedProduct.Reference(a, b, depth, rows, columns, expected);
                TransposedProduct.Multiply(isa, a, b, depth, rows, columns, actual);
                Accuracy.Check<double>($"{isa} [{depth}, {rows}]ᵀ[{depth}, {columns}]", 1e-28, expected, actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void GramMatricesAreSymmetric(Isa isa)
    {
        Random random = new(2);
        foreach ((int depth, int columns) in new[] { (0, 3), (1, 1), (65, 3), (5, 16), (130, 17), (64, 33), (70, 130) })
        {
            double[] a = Numbers(random, depth * columns), expected = new double[columns * columns], actual = new double[columns * columns];
            TransposedProduct.Reference(a, a, depth, columns, columns, expected);
            TransposedProduct.Gram(isa, a, depth, columns, actual);
            Accuracy.Check<double>($"{isa} [{depth}, {columns}]", 1e-28, expected, actual);
            for (int i = 0; i < columns; i++)
            {
                for (int j = 0; j < i; j++)
                    Assert.Equal(actual[j * columns + i], actual[i * columns + j]);
            }
        }
    }

    [Fact]
    public void ErrorsNameBothLengths() =>
        Assert.Contains(
            "'b' has 5 elements, 2x3 need 6.",
            Assert.Throws<ArgumentException>(() => TransposedProduct.Multiply(
                new double[8], new double[5], 2, 4, 3, new double[12])).Message);

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];
}
