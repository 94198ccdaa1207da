using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Wct.Kernels.Cpu;
using Wct.Kernels.LinearAlgebra;
using Wct.Kernels.Tests.Contract;
using Wct.Kernels.Tests.LinearAlgebra.Eigen;

namespace Wct.Kernels.Tests.LinearAlgebra;

/// <summary>What every vector width and this solver's overloads hold beyond <see cref="EigensolverContract"/>.</summary>
public class SymmetricEigenTests
{
    private static readonly int[] Sizes = [.. Enumerable.Range(1, 17), 31, 32, 33, 63, 64, 65, 128];

    public static TheoryData<Isa> Widths => [.. IsaSelection.Supported];

    public static TheoryData<string> Kinds => [.. Spectra.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DecomposesHardSpectra(string kind)
    {
        foreach (int n in Sizes)
            Check(kind, n);
    }

    [Theory]
    [InlineData(200, "random")]
    [InlineData(200, "clustered")]
    [InlineData(200, "covariance of few samples")]
    [InlineData(200, "glued Wilkinson")]
    [InlineData(512, "covariance")]
    [InlineData(512, "graded")]
    public void DecomposesLargeMatrices(int n, string kind) => Check(kind, n);

    [Theory]
    [MemberData(nameof(Widths))]
    public void StaysWithinItsBuffers(Isa isa)
    {
        foreach (int n in Sizes)
        {
            double[] matrix = Spectra.Random(n, 5), values = new double[n], vectors = new double[n * n];
            SymmetricEigen.Solve(isa, new GuardedBufferSource(atEnd: true), matrix, n, values, vectors);
            EigenCheck.Of(matrix, values, vectors).Assert($"{isa}, {n}, guarded at the end");
            SymmetricEigen.Solve(isa, new GuardedBufferSource(atEnd: false), matrix, n, values, vectors);
            EigenCheck.Of(matrix, values, vectors).Assert($"{isa}, {n}, guarded at the start");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void TheSameMatrixGivesTheSameBytes(Isa isa)
    {
        const int n = 100;
        double[] matrix = Spectra.Random(n, 6);
        (double[] values, double[] vectors) = Solve(isa, matrix, n);
        for (int run = 0; run < 3; run++)
        {
            (double[] again, double[] vectorsAgain) = Solve(isa, matrix, n);
            Assert.Equal(values, again);
            Assert.Equal(vectors, vectorsAgain);
        }
    }

    [Fact]
    public void TheDefinitionDecomposes()
    {
        foreach (string kind in new[] { "random", "repeated", "graded", "tridiagonal with zeros", "zero" })
        {
            const int n = 33;
            double[] matrix = Spectra.All[kind](n), values = new double[n], vectors = new double[n * n];
            SymmetricEigen.Reference(matrix, n, values, vectors);
            EigenCheck.Of(matrix, values, vectors).Assert(kind);
            CompareValues($"definition, {kind}", Oracle(matrix, n), values);
        }
    }

    [Fact]
    public void TheCheckNoticesAWrongDigit()
    {
        const int n = 65;
        double[] matrix = Spectra.Random(n, 7);
        (double[] values, double[] vectors) = Solve(IsaSelection.Current(), matrix, n);
        double[] wrongValues = [.. values], wrongVectors = [.. vectors];
        wrongValues[40] += 1e-12;
        wrongVectors[1000] += 1e-12;
        Assert.True(EigenCheck.Of(matrix, wrongValues, vectors).Residual > EigenCheck.Limit / 10);
        Assert.True(EigenCheck.Of(matrix, values, wrongVectors).Orthogonality > EigenCheck.Limit / 10);
        wrongVectors[1000] = double.NaN;
        Assert.False(EigenCheck.Of(matrix, values, wrongVectors).Orthogonality <= EigenCheck.Limit);
    }

    [Fact]
    public void OnlyTheUpperTriangleIsReadAndTheMatrixMayBeOverwritten()
    {
        const int n = 40;
        double[] matrix = Spectra.Random(n, 8), upper = [.. matrix];
        for (int i = 0; i < n; i++)
            upper.AsSpan(i * n, i).Fill(double.NaN);
        (double[] values, double[] vectors) = Solve(IsaSelection.Current(), matrix, n);
        double[] replacedValues = new double[n];
        SymmetricEigen.Solve(upper, n, replacedValues, upper);
        Assert.Equal(values, replacedValues);
        Assert.Equal(vectors, upper);
    }

    private static void Check(string kind, int n)
    {
        double[] matrix = Spectra.All[kind](n), expected = Oracle(matrix, n);
        foreach (Isa isa in IsaSelection.Supported)
        {
            (double[] values, double[] vectors) = Solve(isa, matrix, n);
            EigenCheck.Of(matrix, values, vectors).Assert($"{isa}, {kind}, {n}");
            CompareValues($"{isa}, {kind}, {n}", expected, values);
        }
    }

    private static void CompareValues(string what, double[] expected, double[] actual)
    {
        double norm = expected.Max(Math.Abs), limit = 10 * actual.Length * 2.3e-16 * norm + 2 * double.Epsilon;
        for (int k = 0; k < actual.Length; k++)
        {
            Assert.True(k == 0 || actual[k - 1] <= actual[k], $"{what}: value {k} is not ascending");
            Assert.True(
                Math.Abs(actual[k] - expected[k]) <= limit,
                string.Create(
                    CultureInfo.InvariantCulture,
                        $"{what}: value {k} is {actual[k]:r}, expected {expected[k]:r}, the limit is {limit:g3}"));
        }
    }

    // MathNet, the oracle, doesn't scale, so the matrix is scaled to numbers whose squares are finite.
    private static double[] Oracle(double[] matrix, int n)
    {
        double norm = matrix.Max(Math.Abs), divisor = norm > 0 ? norm : 1;
        return [.. new DenseMatrix(n, n, [.. matrix.Select(value => value / divisor)]).Evd(Symmetricity.Symmetric)
            .EigenValues.Select(value => value.Real * divisor).Order()];
    }

    private static (double[] Values, double[] Vectors) Solve(Isa isa, double[] matrix, int n)
    {
        double[] values = new double[n], vectors = new double[n * n];
        SymmetricEigen.Solve(isa, new NativeBufferSource(), matrix, n, values, vectors);
        return (values, vectors);
    }
}
