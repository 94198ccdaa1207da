namespace Wct.Kernels.LinearAlgebra.Eigen;

internal static unsafe partial class Tridiagonalization
{
    /// <summary>Scalar reference. Applies one reflection at a time: A ← A − v·wᵀ − w·vᵀ with w = τ·Av − ½·τ²·(vᵀAv)·v.</summary>
    /// <remarks>Small matrices use it too. In a short process it takes less time than compiling the vector kernels.</remarks>
    internal static void Reference(EigenWorkspace workspace)
    {
        int size = workspace.Size, stride = workspace.Stride;
        double* a = workspace.Matrix, w = workspace.Products;
        for (int column = 0; column < size; column++)
        {
            double* row = a + (long)column * stride, v = workspace.Reflectors + (long)column * stride;
            workspace.Diagonal[column] = row[column];
            workspace.OffDiagonal[column] = column + 1 < size ? row[column + 1] : 0;
            if (column + 2 >= size)
                continue;
            new Span<double>(row + column + 1, size - column - 1).CopyTo(new Span<double>(v + column + 1, size - column - 1));
            workspace.OffDiagonal[column] = Reflector.Make(v, column + 1, size, out double scale);
            workspace.Scales[column] = scale;
            double share = 0;
            for (int i = column + 1; i < size; i++)
            {
                double sum = 0;
                double* elements = a + (long)i * stride;
                for (int j = column + 1; j < size; j++)
                    sum += elements[j] * v[j];
                w[i] = scale * sum;
                share += w[i] * v[i];
            }

            for (int i = column + 1; i < size; i++)
                w[i] -= 0.5 * scale * share * v[i];
            for (int i = column + 1; i < size; i++)
            {
                double* elements = a + (long)i * stride;
                for (int j = column + 1; j < size; j++)
                    elements[j] -= v[i] * w[j] + w[i] * v[j];
            }
        }
    }
}
