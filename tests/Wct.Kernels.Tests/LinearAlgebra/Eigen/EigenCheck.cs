using System.Globalization;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Tests.LinearAlgebra.Eigen;

/// <summary>Error of a decomposition, in units of n·ε and relative to the matrix's norm.</summary>
/// <param name="Residual">max |AV − VΛ| / (n·ε·‖A‖).</param>
/// <param name="Orthogonality">max |VᵀV − I| / (n·ε).</param>
internal sealed record EigenCheck(double Residual, double Orthogonality)
{
    /// <summary>Limit for both errors. Measured: 2 for the definition, 1.4 for the others, and a tenth of that from 200 rows on. LAPACK's
    /// own tests allow 30.</summary>
    internal const double Limit = 3;

    private const double Epsilon = 2.220446049250313e-16;

    internal static EigenCheck Of(double[] matrix, double[] values, double[] vectors)
    {
        int n = values.Length;
        double norm = Math.Max(matrix.Max(Math.Abs), values.Max(Math.Abs));
        // Scaled first, so that the check neither overflows nor loses digits of denormal numbers.
        double divisor = norm > 0 ? norm : 1;
        // The spacing of the smallest numbers, which limits how exactly an eigenvalue can be represented.
        double spacing = double.Epsilon / divisor;
        double[] a = [.. matrix.Select(value => value / divisor)], lambda = [.. values.Select(value => value / divisor)];
        double[] product = new double[n * n], gram = new double[n * n];
        TransposedProduct.Multiply(a, vectors, n, n, n, product);
        TransposedProduct.Multiply(vectors, vectors, n, n, n, gram);
        double residual = 0, orthogonality = 0;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                residual = Math.Max(residual, Math.Abs(product[i * n + k] - vectors[i * n + k] * lambda[k]) - spacing);
                orthogonality = Math.Max(orthogonality, Math.Abs(gram[i * n + k] - (i == k ? 1 : 0)));
            }
        }

        return new EigenCheck(residual / (n * Epsilon), orthogonality / (n * Epsilon));
    }

    internal void Assert(string what, double limit = Limit)
    {
        Xunit.Assert.True(
            Residual <= limit && Orthogonality <= limit,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: residual {Residual:g3}, orthogonality {Orthogonality:g3}, in n·ε; the limit is {limit}"));
    }
}
