namespace Wct.Kernels.LinearAlgebra.Eigen;

internal static unsafe partial class BackTransformation
{
    /// <summary>Scalar reference. Applies one reflection at a time, the last one first: X ← (I − τ·v·vᵀ)·X. Small matrices use it
    /// too.</summary>
    internal static void Reference(EigenWorkspace workspace)
    {
        int size = workspace.Size, stride = workspace.Stride;
        double* sums = workspace.Products;
        for (int reflection = size - 3; reflection >= 0; reflection--)
        {
            double* v = workspace.Reflectors + (long)reflection * stride;
            new Span<double>(sums, size).Clear();
            for (int i = reflection + 1; i < size; i++)
            {
                double* row = workspace.Rows + (long)i * stride;
                for (int k = 0; k < size; k++)
                    sums[k] += v[i] * row[k];
            }

            for (int i = reflection + 1; i < size; i++)
            {
                double* row = workspace.Rows + (long)i * stride;
                double factor = workspace.Scales[reflection] * v[i];
                for (int k = 0; k < size; k++)
                    row[k] -= factor * sums[k];
            }
        }
    }
}
