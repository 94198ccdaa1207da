namespace Wct.Kernels.LinearAlgebra;

/// <summary>The Newton-Schulz iteration for the inverse square root of a symmetric positive definite matrix M. It consists only of matrix
/// products, which are fast on GPUs.</summary>
/// <remarks>
/// It starts with Y = M / s and Z = I, where s is at least the largest eigenvalue. The steps Y·T and T·Z with T = a·(3·I - a²·Z·Y) / 2
/// converge to the square roots of M / s and of its inverse (Higham, Functions of Matrices, 2008, section 6.7). With the factors in this
/// order, rounding errors don't grow. A step maps square roots of eigenvalues in [l, 1] to [a·l·(3 - a²·l²) / 2, 1]. The factor a is chosen
/// to raise the lower end as far as possible (Chen and Chow, A stable scaling of Newton-Schulz for improving the sign function computation
/// of a Hermitian matrix, 2014), which needs half the steps of a = 1.
/// </remarks>
internal static class NewtonSchulz
{
    // If the distance from convergence is below this, one more step is enough, because a step squares it.
    private const double Near = 1e-8;

    /// <summary>Returns the factors of each step: T = scale·Z·Y + shift·I.</summary>
    /// <param name="smallest">The smallest eigenvalue that M may have, divided by s; in (0, 1].</param>
    internal static List<(double Scale, double Shift)> Steps(double smallest)
    {
        List<(double Scale, double Shift)> steps = [];
        double low = Math.Sqrt(smallest);
        while (1 - low > Near)
        {
            double factor = Math.Sqrt(3 / (1 + low + low * low)), end = factor * low;
            steps.Add(Step(factor));
            low = end * (3 - end * end) / 2;
        }

        steps.Add(Step(1));
        return steps;
    }

    private static (double Scale, double Shift) Step(double factor) => (-factor * factor * factor / 2, 1.5 * factor);
}
