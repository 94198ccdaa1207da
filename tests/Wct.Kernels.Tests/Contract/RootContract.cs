using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Inverse square roots: a backend agrees with the definition, or returns false.</summary>
public class RootContract
{
    // Beside an eigenvalue of 500, the smallest one is known to a relative error of 1e-9, in the definition too.
    private const double Smallest = 1e-5, Limit = 1e-17;

    /// <summary>The reference and the GPU backends compute inverse roots.</summary>
    public static TheoryData<string> WithRoots => ["reference", .. Backends.Gpus, Backends.Ilgpu, Backends.IlgpuCuda];

    /// <summary>CPU backends leave inverse roots to the eigensolver.</summary>
    public static TheoryData<string> WithoutRoots => [.. Backends.Trainers.Where(row => row.Data != "reference")];

    [Theory]
    [MemberData(nameof(WithRoots))]
    public void InverseRootsAgree(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (int size in Backends.Subset(name, [1, 2, 17, 32, 33, 50]))
        {
            // From slightly above the threshold to seven orders of magnitude more.
            double[] values = [.. Enumerable.Range(0, size).Select(k => 5e-5 * Math.Pow(1e7, k / Math.Max(1.0, size - 1)))];
            double[] matrix = Symmetric(values, size), left = Numbers(size, 2), expected = new double[size * size],
                actual = new double[size * size];
            Assert.True(InverseRoot.Reference(matrix, left, size, Smallest, expected));
            Assert.True(backend.TryInverseRoot(matrix, left, size, Smallest, actual));
            Accuracy.Check<double>($"{size}x{size} numbers", Limit, expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(WithoutRoots))]
    public void OtherBackendsLeaveRootsToTheHost(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (int size in new[] { 1, 32, 50, 512 })
            Assert.False(backend.SupportsInverseRoots(size));
        const int Size = 17;
        double[] matrix = Symmetric([.. Enumerable.Repeat(4.0, Size)], Size), left = Numbers(Size, 2);
        Assert.False(backend.TryInverseRoot(matrix, left, Size, Smallest, new double[Size * Size]));
    }

    // Rows of channels that are always zero.
    [Theory]
    [MemberData(nameof(WithRoots))]
    public void ZeroChannelsAreDropped(string name)
    {
        using Backend backend = Backends.Create(name);
        const int Size = 20;
        double[] matrix = Symmetric([.. Enumerable.Range(1, Size).Select(k => 0.01 * k * k)], Size), left = Numbers(Size, 2);
        foreach (int dead in new[] { 0, 7, Size - 1 })
        {
            for (int k = 0; k < Size; k++)
                matrix[dead * Size + k] = matrix[k * Size + dead] = 0;
        }

        double[] expected = new double[Size * Size], actual = new double[Size * Size];
        Assert.True(InverseRoot.Reference(matrix, left, Size, Smallest, expected));
        Assert.True(backend.TryInverseRoot(matrix, left, Size, Smallest, actual));
        Accuracy.Check<double>("the others", Limit, expected, actual);
        Assert.All(Enumerable.Range(0, Size), row => Assert.Equal(0, actual[row * Size + 7]));
    }

    // Returns false if an eigenvalue must be dropped, or if the matrix has no inverse square root for another reason.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ReturnsFalseForSmallEigenvalues(string name)
    {
        using Backend backend = Backends.Create(name);
        const int Size = 24;
        foreach (double small in new[] { 0.99e-5, 1e-6, 1e-9, 0, -1e-12 })
        {
            double[] values = [small, .. Enumerable.Repeat(3.0, Size - 1)];
            Assert.False(
                backend.TryInverseRoot(Symmetric(values, Size), Numbers(Size, 2), Size, Smallest, new double[Size * Size]), $"{small}");
        }

        foreach (double number in new[] { 1e-7, double.NaN, double.PositiveInfinity, 1e200 })
        {
            double[] matrix = new double[Size * Size];
            Array.Fill(matrix, number);
            Assert.False(backend.TryInverseRoot(matrix, Numbers(Size, 2), Size, Smallest, new double[Size * Size]), $"{number}");
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LengthsAreChecked(string name)
    {
        using Backend backend = Backends.Create(name);
        Assert.Throws<ArgumentException>(() => backend.TryInverseRoot(new double[5], new double[4], 2, Smallest, new double[4]));
        Assert.Throws<ArgumentException>(() => backend.TryInverseRoot(new double[4], new double[5], 2, Smallest, new double[4]));
        Assert.Throws<ArgumentException>(() => backend.TryInverseRoot(new double[4], new double[4], 2, Smallest, new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => backend.TryInverseRoot(new double[4], new double[4], 2, 0, new double[4]));
    }

    // Takes the eigenvectors of an arbitrary symmetric matrix.
    private static double[] Symmetric(double[] values, int size)
    {
        double[] numbers = Numbers(size, 1), vectors = new double[size * size], matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
                numbers[i * size + j] = numbers[j * size + i];
        }

        SymmetricEigen.Reference(numbers, size, new double[size], vectors);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k < size; k++)
                    matrix[i * size + j] += vectors[i * size + k] * values[k] * vectors[j * size + k];
                matrix[j * size + i] = matrix[i * size + j];
            }
        }

        return matrix;
    }

    private static double[] Numbers(int size, int seed) => [.. Samples.Numbers(size * size, seed).Select(number => (double)number)];
}
