namespace Wct.Kernels.LinearAlgebra;

public static partial class SymmetricEigen
{
    private const int MaxSweeps = 60;

    /// <summary>Scalar reference by Jacobi rotations: simple and slow.</summary>
    /// <remarks>Golub and Van Loan, 4th edition, section 8.5. Shapes as for <see cref="Solve(ReadOnlySpan{double}, int, Span{double},
    /// Span{double})"/>.</remarks>
    internal static void Reference(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
    {
        double[] a = matrix.ToArray(), v = new double[size * size];
        for (int i = 0; i < size; i++)
            v[i * size + i] = 1;
        for (int sweep = 0, rotations = 1; rotations > 0 && sweep < MaxSweeps; sweep++)
        {
            rotations = 0;
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                    rotations += Annihilate(a, v, size, p, q) ? 1 : 0;
            }
        }

        int[] order = [.. Enumerable.Range(0, size).OrderBy(k => a[k * size + k])];
        for (int k = 0; k < size; k++)
        {
            values[k] = a[order[k] * size + order[k]];
            for (int i = 0; i < size; i++)
                vectors[i * size + k] = v[i * size + order[k]];
        }
    }

    // Rotates rows and columns p and q so that their common element becomes zero. Returns false if the element is already negligible.
    private static bool Annihilate(double[] a, double[] v, int size, int p, int q)
    {
        double common = a[p * size + q], first = a[p * size + p], second = a[q * size + q];
        if (Math.Abs(common) <= 1e-17 * (Math.Abs(first) + Math.Abs(second)) || Math.Abs(common) < 1e-300)
            return false;
        double ratio = (second - first) / (2 * common);
        double tangent = Math.CopySign(1, ratio) / (Math.Abs(ratio) + double.Hypot(1, ratio));
        double cosine = 1 / double.Hypot(1, tangent), sine = tangent * cosine;
        for (int k = 0; k < size; k++)
            (a[k * size + p], a[k * size + q]) =
                (cosine * a[k * size + p] - sine * a[k * size + q], sine * a[k * size + p] + cosine * a[k * size + q]);
        for (int k = 0; k < size; k++)
        {
            (a[p * size + k], a[q * size + k]) =
                (cosine * a[p * size + k] - sine * a[q * size + k], sine * a[p * size + k] + cosine * a[q * size + k]);
            (v[k * size + p], v[k * size + q]) =
                (cosine * v[k * size + p] - sine * v[k * size + q], sine * v[k * size + p] + cosine * v[k * size + q]);
        }

        (a[p * size + q], a[q * size + p]) = (0, 0);
        return true;
    }
}
