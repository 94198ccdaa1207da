using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Tests.LinearAlgebra.Eigen;

/// <summary>Symmetric test matrices that are difficult for eigensolvers.</summary>
internal static class Spectra
{
    private const int MostReflections = 6;

    /// <summary>All kinds, by name.</summary>
    internal static IReadOnlyDictionary<string, Func<int, double[]>> All { get; } = new Dictionary<string, Func<int, double[]>>
    {
        ["random"] = n => Random(n, 1),
        ["covariance"] = n => Covariance(n, 2 * n),
        ["covariance of few samples"] = n => Covariance(n, Math.Max(1, n / 4)),
        ["zero"] = n => new double[n * n],
        ["identity"] = n => Diagonal(n, _ => 1),
        ["diagonal"] = n => Diagonal(n, i => Math.Sin(i * 7.3)),
        ["ones"] = n => Fill(n, (_, _) => 1),
        ["repeated"] = n => Rotated(n, i => i % 3),
        ["clustered"] = n => Rotated(n, i => 1 + (i % 5) + 1e-14 * i),
        ["one large"] = n => Rotated(n, i => i == 0 ? 1e10 : 1),
        ["graded"] = n => Rotated(n, i => Math.Pow(10, 12 - 24.0 * i / Math.Max(1, n - 1))),
        ["graded elements"] = n => Fill(n, (i, j) => Math.Pow(10, -12.0 * (i + j) / n)),
        ["graded elements upward"] = n => Fill(n, (i, j) => Math.Pow(10, 12.0 * (i + j) / n)),
        ["steeply graded elements"] = n => Fill(n, (i, j) => Math.Pow(10, -300.0 * (i + j) / n)),
        ["tridiagonal"] = n => Band(n, _ => 2, _ => -1),
        ["tridiagonal with zeros"] = n => Band(n, i => i % 4, i => i % 3 == 0 ? 0 : 1),
        ["tridiagonal with tiny elements"] = n => Band(n, i => i % 2, i => i % 5 == 0 ? 1e-300 : i % 5 == 1 ? 1e-16 : 1),
        ["glued Wilkinson"] = n => Band(n, i => Math.Abs(10 - i % 21), i => i % 21 == 20 ? 1e-8 : 1),
        ["loosely glued Wilkinson"] = n => Band(n, i => Math.Abs(10 - i % 21), i => i % 21 == 20 ? 1e-15 : 1),
        ["negative off-diagonal"] = n => Band(n, i => i % 7, i => i % 2 == 0 ? -1 : 0.5),
        ["huge"] = n => Scaled(Random(n, 2), 1e150),
        ["largest"] = n => Scaled(Random(n, 2), double.MaxValue / n),
        ["tiny"] = n => Scaled(Random(n, 3), 1e-150),
        ["denormal"] = n => Scaled(Random(n, 4), 1e-310),
        ["indefinite of rank 2"] = n => Fill(n, (i, j) => Math.Cos(i) * Math.Cos(j) - Math.Sin(i) * Math.Sin(j)),
    };

    internal static double[] Random(int n, int seed)
    {
        Random random = new(seed);
        return Fill(n, (_, _) => random.NextDouble() * 2 - 1);
    }

    private static double[] Covariance(int n, int samples)
    {
        Random random = new(n);
        double[] x = [.. Enumerable.Range(0, n * samples).Select(_ => random.NextDouble() - 0.3)];
        double[] result = new double[n * n];
        TransposedProduct.Multiply(x, x, samples, n, n, result);
        return result;
    }

    private static double[] Diagonal(int n, Func<int, double> element) => Fill(n, (i, j) => i == j ? element(i) : 0);

    private static double[] Band(int n, Func<int, double> diagonal, Func<int, double> beside) =>
        Fill(n, (i, j) => i == j ? diagonal(i) : j == i + 1 ? beside(i) : 0);

    private static double[] Scaled(double[] matrix, double factor) => [.. matrix.Select(value => value * factor)];

    private static double[] Rotated(int n, Func<int, double> eigenvalue)
    {
        // Reflects a diagonal matrix from both sides: A ← A − 2·u·(Au)ᵀ − 2·(Au)·uᵀ + 4·(uᵀAu)·u·uᵀ.
        Random random = new(n);
        double[] a = Diagonal(n, eigenvalue);
        for (int step = 0; step < MostReflections; step++)
        {
            double[] u = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
            double length = Math.Sqrt(u.Sum(value => value * value));
            u = [.. u.Select(value => value / length)];
            double[] product = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => a[i * n + j] * u[j]))];
            double share = Enumerable.Range(0, n).Sum(i => u[i] * product[i]);
            double[] old = a;
            a = Fill(n, (i, j) => old[i * n + j] - 2 * u[i] * product[j] - 2 * product[i] * u[j] + 4 * share * u[i] * u[j]);
        }

        return a;
    }

    // Computes the upper triangle and mirrors it.
    private static double[] Fill(int n, Func<int, int, double> element)
    {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
                matrix[i * n + j] = matrix[j * n + i] = element(i, j);
        }

        return matrix;
    }
}
