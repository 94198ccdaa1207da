namespace Wct.Kernels.LinearAlgebra;

/// <summary>What implementations of <see cref="IEigensolver"/> have in common: checks, and a matrix that is easy to work with.</summary>
public static class EigensolverInput
{
    /// <summary>Checks the arguments of <see cref="IEigensolver.Solve"/>, and makes a full symmetric matrix of the upper triangle, with its largest
    /// element in [1, 2).</summary>
    /// <param name="matrix">A, [n, n].</param>
    /// <param name="size">n, at least 1.</param>
    /// <param name="values">[n]; only its length is looked at.</param>
    /// <param name="vectors">[n, n]; only its length is looked at.</param>
    /// <param name="normalized">Receives A·2^-e, [n, n]: squares of its elements don't overflow, and no digit is lost unless it becomes denormal.</param>
    /// <returns>e: the eigenvalues of A are those of the result times 2^e (<see cref="Math.ScaleB(double, int)"/>).</returns>
    /// <exception cref="ArgumentException">A length does not match the size, or an element of the upper triangle is not finite.</exception>
    public static int Normalize(ReadOnlySpan<double> matrix, int size, ReadOnlySpan<double> values, ReadOnlySpan<double> vectors, Span<double> normalized)
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
                    throw new ArgumentException($"Element [{i}, {j}] is {matrix[i * size + j]}; eigenvalues need finite numbers.", nameof(matrix));
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
