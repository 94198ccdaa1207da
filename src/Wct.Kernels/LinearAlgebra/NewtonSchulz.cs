namespace Wct.Kernels.LinearAlgebra;

/// <summary>The Newton-Schulz iteration for the inverse root of a symmetric positive definite matrix M: made of products alone, for devices that are
/// good at those.</summary>
/// <remarks>
/// From Y = M / s and Z = I, with s at least the largest eigenvalue, steps Y·T and T·Z with T = a·(3·I - a²·Z·Y) / 2 lead to the roots of M / s and of
/// its inverse (Higham, Functions of Matrices, 2008, section 6.7; in this order of the factors, rounding errors don't grow). What lies in [l, 1] of the
/// eigenvalues' roots comes to [a·l·(3 - a²·l²) / 2, 1]; the a that lifts the lower end most (Chen and Chow, A stable scaling of Newton-Schulz for
/// improving the sign function computation of a Hermitian matrix, 2014) halves the steps that a = 1 takes.
/// </remarks>
internal static class NewtonSchulz
{
    // One more step squares it.
    private const double Near = 1e-8;

    /// <summary>Steps' factors of Z·Y and of I: T = scale·Z·Y + shift·I.</summary>
    /// <param name="least">The least eigenvalue that M may have, divided by s; in (0, 1].</param>
    internal static List<(double Scale, double Shift)> Steps(double least)
    {
        List<(double Scale, double Shift)> steps = [];
        double low = Math.Sqrt(least);
        while (1 - low > Near)
        {
            double stretch = Math.Sqrt(3 / (1 + low + low * low)), end = stretch * low;
            steps.Add(Step(stretch));
            low = end * (3 - end * end) / 2;
        }

        steps.Add(Step(1));
        return steps;
    }

    private static (double Scale, double Shift) Step(double stretch) => (-stretch * stretch * stretch / 2, 1.5 * stretch);
}
