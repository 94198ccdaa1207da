using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Tests.LinearAlgebra.Eigen;

/// <summary>The contract of eigensolvers. Each solver has a test class that derives from it; Wct.MathNet's tests compile this file
/// too.</summary>
public abstract class EigensolverContract
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 64, 65];

    public static TheoryData<string> Kinds => [.. Spectra.All.Keys];

    /// <summary>The solver. Skips the test with a reason if the solver isn't available.</summary>
    protected abstract IEigensolver Solver { get; }

    /// <summary>Limit of the errors of a decomposition, see <see cref="EigenCheck"/>.</summary>
    protected virtual double Limit => EigenCheck.Limit;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DecomposesHardSpectra(string kind)
    {
        foreach (int n in Sizes)
            Decompose($"{kind}, {n}", Spectra.All[kind](n), n);
    }

    [Theory]
    [InlineData("covariance")]
    [InlineData("covariance of few samples")]
    public void DecomposesLargeMatrices(string kind)
    {
        const int n = 200;
        Decompose($"{kind}, {n}", Spectra.All[kind](n), n);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(1e-320)]
    public void TheEigenvalueOfA1x1MatrixIsItsElement(double element)
    {
        double[] values = [double.NaN], vectors = [double.NaN];
        Solver.Solve([element], 1, values, vectors);
        Assert.Equal(element, values[0]);
        Assert.Equal(1, Math.Abs(vectors[0]));
    }

    [Fact]
    public void OnlyTheUpperTriangleIsReadAndTheMatrixIsNotChanged()
    {
        const int n = 20;
        double[] full = Spectra.Random(n, 8), upper = [.. full];
        for (int i = 0; i < n; i++)
            upper.AsSpan(i * n, i).Fill(double.NaN);
        double[] before = [.. upper];
        (double[] expected, double[] expectedVectors) = Decompose("full", full, n);
        double[] values = new double[n], vectors = new double[n * n];
        Solver.Solve(upper, n, values, vectors);
        Assert.Equal(expected, values);
        Assert.Equal(expectedVectors, vectors);
        Assert.Equal(before, upper);
    }

    [Fact]
    public void ConcurrentThreadsGetTheSameBytes()
    {
        const int n = 60, calls = 16;
        double[] matrix = Spectra.Random(n, 6);
        (double[] values, double[] vectors) = Decompose("alone", matrix, n);
        IEigensolver solver = Solver;
        Parallel.For(0, calls, _ =>
        {
            double[] again = new double[n], vectorsAgain = new double[n * n];
            solver.Solve(matrix, n, again, vectorsAgain);
            Assert.Equal(values, again);
            Assert.Equal(vectors, vectorsAgain);
        });
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void ErrorsNameNonFiniteElements(double value)
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => Solver.Solve([1, value, 0, 1], 2, new double[2], new double[4]));
        Assert.Contains("Element [0, 1] is", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorsNameBothLengths()
    {
        AssertMessage(
            "'matrix' has 5 elements, the matrix's size needs 4.", () => Solver.Solve(new double[5], 2, new double[2], new double[4]));
        AssertMessage(
            "'values' has 3 elements, the matrix's size needs 2.", () => Solver.Solve(new double[4], 2, new double[3], new double[4]));
        AssertMessage(
            "'vectors' has 5 elements, the matrix's size needs 4.", () => Solver.Solve(new double[4], 2, new double[2], new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Solver.Solve([], 0, [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Solver.Solve([], -1, [], []));
    }

    [Fact]
    public void HasAName() => Assert.NotEmpty(Solver.Name);

    private static void AssertMessage(string expected, Action call) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);

    private (double[] Values, double[] Vectors) Decompose(string what, double[] matrix, int n)
    {
        double[] values = new double[n], vectors = new double[n * n];
        Array.Fill(values, double.NaN);
        Array.Fill(vectors, double.NaN);
        IEigensolver solver = Solver;
        solver.Solve(matrix, n, values, vectors);
        EigenCheck.Of(matrix, values, vectors).Assert($"{solver.Name}, {what}", Limit);
        for (int k = 1; k < n; k++)
            Assert.True(values[k - 1] <= values[k], $"{solver.Name}, {what}: value {k} is not ascending");
        return (values, vectors);
    }
}
