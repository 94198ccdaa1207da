namespace Wct.Kernels.LinearAlgebra;

/// <summary>Checks and scales the input, as every <see cref="IEigensolver"/> must.</summary>
public static class EigensolverInput
{
    /// <summary>Checks the arguments of <see cref="IEigensolver.Solve"/>, and mirrors and scales the upper triangle to a full symmetric
    /// matrix whose largest element is in [1, 2).</summary>
    /// <param name="matrix">A, [n, n].</param>
    /// <param name="size">n, at least 1.</param>
    /// <param name="values">[n]; only its length is checked.</param>
    /// <param name="vectors">[n, n]; only its length is checked.</param>
    /// <param name="normalized">Receives A·2^-e, [n, n]. Squares of its elements don't overflow, and the scaling is exact except for
    /// elements that become denormal.</param>
    /// <returns>e. The eigenvalues of A are those of the scaled matrix times 2^e (<see cref="Math.ScaleB(double, int)"/>).</returns>
    /// <exception cref="ArgumentException">A length does not match the size, or an element of the upper triangle is not finite.</exception>
    public static int Normalize(
        ReadOnlySpan<double> matrix, int size, ReadOnlySpan<double> values, ReadOnlySpan<double> vectors, Span<double> normalized)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        SymmetricEigen.Check(nameof(matrix), matrix.Length, (long)size * size);
        SymmetricEigen.Check(nameof(values), values.Length, size);
        SymmetricEigen.Check(nameof(vectors), vectors.Length, (long)size * size);
        SymmetricEigen.Check(nameof(normalized), normalized.Length, (long)size * size);
        double largest = 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
            {
                double element = Math.Abs(matrix[i * size + j]);
                if (!double.IsFinite(element))
                    throw new ArgumentException(
                        $"Element [{i}, {j}] is {matrix[i * size + j]}; eigenvalues need finite numbers.", nameof(matrix));
                largest = Math.Max(largest, element);
            }
        }

        int exponent = largest == 0 ? 0 : Math.ILogB(largest);
        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
                normalized[i * size + j] = normalized[j * size + i] = Math.ScaleB(matrix[i * size + j], -exponent);
        }

        return exponent;
    }
}
