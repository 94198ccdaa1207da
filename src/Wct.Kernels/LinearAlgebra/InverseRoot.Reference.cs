namespace Wct.Kernels.LinearAlgebra;

/// <summary>Multiplies a matrix by the inverse square root of a symmetric positive semidefinite one.</summary>
internal static class InverseRoot
{
    /// <summary>Scalar reference: L·V·Λ^(-1/2)·Vᵀ. <see cref="Backend.TryInverseRoot"/> describes the arguments and the result.</summary>
    internal static bool Reference(ReadOnlySpan<double> matrix, ReadOnlySpan<double> left, int size, double threshold, Span<double> product)
    {
        foreach (double number in matrix)
        {
            if (!double.IsFinite(number))
                return false;
        }

        double[] values = new double[size], vectors = new double[size * size];
        SymmetricEigen.Reference(matrix, size, values, vectors);
        int dropped = 0;
        for (int i = 0; i < size; i++)
            dropped += matrix[i * size + i] == 0 ? 1 : 0;
        if (values.Count(value => !(value > threshold)) > dropped)
            return false;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double sum = 0;
                for (int k = dropped; k < size; k++)
                {
                    double projected = 0;
                    for (int m = 0; m < size; m++)
                        projected += left[i * size + m] * vectors[m * size + k];
                    sum += projected * vectors[j * size + k] / Math.Sqrt(values[k]);
                }

                product[i * size + j] = sum;
            }
        }

        return true;
    }
}
