using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

public class SymmetricPowerTests
{
    [Fact]
    public void DiagonalMatricesHaveKnownPowers()
    {
        SymmetricPower root = SymmetricPower.Of([4, 0, 0, 0, 9, 0, 0, 0, 1e-6], 3, 0.5);
        Assert.Equal(2, root.Rank);
        Accuracy.Check<double>("root", 1e-28, [2, 0, 0, 0, 3, 0, 0, 0, 0], root.Matrix);
    }

    [Theory]
    [InlineData(1e-5, 0)]
    [InlineData(1.0000001e-5, 1)]
    public void AnEigenvalueAtTheLimitIsDropped(double eigenvalue, int rank) =>
        Assert.Equal(rank, SymmetricPower.Of([eigenvalue], 1, 0.5).Rank);

    [Fact]
    public void RootsOfHardSpectraMultiplyBack()
    {
        // Repeated eigenvalues, eigenvalues over eleven orders of magnitude, and some that are dropped.
        double[] spectrum = [1e6, 1e6, 1e6, 3, 3, 1, 1e-2, 1e-4, 1.1e-5, 1e-7, 1e-12, 0, 0];
        int n = spectrum.Length;
        double[] covariance = WithSpectrum(spectrum, 1);
        double[] kept = WithSpectrum([.. spectrum.Select(value => value > 1e-5 ? value : 0)], 1);
        SymmetricPower root = SymmetricPower.Of(covariance, n, 0.5), inverse = SymmetricPower.Of(covariance, n, -0.5);
        Assert.Equal(9, root.Rank);
        Assert.Equal(9, inverse.Rank);
        Accuracy.Check<double>("root·root", 1e-24, kept, Product(root.Matrix, root.Matrix, n));
        // The product is the projection onto the kept subspace. Eigenvalues near 1e-5 next to 1e6 have only five correct digits.
        double[] projection = WithSpectrum([.. spectrum.Select(value => value > 1e-5 ? 1.0 : 0)], 1);
        Accuracy.Check<double>("root·inverse", 1e-9, projection, Product(root.Matrix, inverse.Matrix, n));
    }

    [Fact]
    public void AZeroMatrixHasRankZero()
    {
        SymmetricPower power = SymmetricPower.Of(new double[16], 4, -0.5);
        Assert.Equal(0, power.Rank);
        Assert.All(power.Matrix.ToArray(), value => Assert.Equal(0, value));
    }

    // QΛQᵀ with a random rotation.
    private static double[] WithSpectrum(double[] spectrum, int seed)
    {
        int n = spectrum.Length;
        Random random = new(seed);
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
            matrix[i * n + i] = spectrum[i];
        for (int step = 0; step < 4 * n; step++)
        {
            int i = random.Next(n), j = (i + 1 + random.Next(n - 1)) % n;
            (double sine, double cosine) = Math.SinCos(random.NextDouble() * 6);
            for (int k = 0; k < n; k++)
                (matrix[i * n + k], matrix[j * n + k]) =
                    (cosine * matrix[i * n + k] - sine * matrix[j * n + k], sine * matrix[i * n + k] + cosine * matrix[j * n + k]);
            for (int k = 0; k < n; k++)
                (matrix[k * n + i], matrix[k * n + j]) =
                    (cosine * matrix[k * n + i] - sine * matrix[k * n + j], sine * matrix[k * n + i] + cosine * matrix[k * n + j]);
        }

        return matrix;
    }

    private static double[] Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int n)
    {
        double[] c = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                    c[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }

        return c;
    }
}
