using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Deflation: finds the eigenpairs of diag(Λ₁, Λ₂) + ρ·z·zᵀ that need no secular equation, because their element of z is tiny or
/// because two eigenvalues are nearly equal.</summary>
/// <remarks>Gu and Eisenstat 1995, section 2; Golub and Van Loan, 4th edition, section 8.4.1.</remarks>
internal static unsafe class Deflation
{
    // Eight times the machine epsilon, relative to the block's norm.
    private const double Tolerance = 8 * 2.220446049250313e-16;

    // For a matrix of norm 1. Squares of larger values stay far above the smallest doubles.
    private const double Negligible = 1e-80;

    /// <summary>Rotates the eigenvectors of nearly equal eigenvalues so that one of them has a zero in z, and separates the deflated
    /// eigenpairs from the others.</summary>
    /// <param name="block">The block of two solved halves.</param>
    /// <param name="stride">Elements per row of the workspace's matrices.</param>
    /// <param name="rho">ρ ≥ 0.</param>
    /// <param name="z">[size], of norm 1; changed by the rotations.</param>
    /// <param name="indices">[size]. In: all indices, ascending by eigenvalue. Out: first the remaining ones, ascending, then the
    /// deflated ones.</param>
    /// <param name="deflated">[size], temporary memory.</param>
    /// <param name="halves">[size]: the half of the block in which an eigenvector is nonzero; updated.</param>
    /// <returns>The number of eigenpairs that remain.</returns>
    internal static int Run<TVec>(
        in EigenBlock block, int stride, double rho, double* z, Span<int> indices, Span<int> deflated, Span<EigenHalf> halves)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double* values = block.Values;
        double norm = Math.Max(Math.Max(Math.Abs(values[indices[0]]), Math.Abs(values[indices[^1]])), rho);
        double tolerance = Math.Max(Tolerance * norm, Negligible);
        int remaining = 0, deflatedCount = 0, pending = -1;
        foreach (int index in indices)
        {
            if (rho * Math.Abs(z[index]) <= tolerance)
            {
                deflated[deflatedCount++] = index;
                continue;
            }

            if (pending >= 0)
            {
                double length = double.Hypot(z[pending], z[index]), cosine = z[index] / length, sine = z[pending] / length;
                if (Math.Abs((values[index] - values[pending]) * cosine * sine) <= tolerance)
                {
                    // The pending element of z becomes zero. The rotation leaves an off-diagonal element within the tolerance, which is
                    // dropped.
                    VectorRows.Rotate<TVec>(block.Row(index), block.Row(pending), cosine, sine, block.Width);
                    (z[index], z[pending]) = (length, 0);
                    double moved = (values[index] - values[pending]) * sine * sine;
                    (values[index], values[pending]) = (values[index] - moved, values[pending] + moved);
                    if (halves[index] != halves[pending])
                        halves[index] = EigenHalf.Both;
                    deflated[deflatedCount++] = pending;
                }
                else
                {
                    indices[remaining++] = pending;
                }
            }

            pending = index;
        }

        if (pending >= 0)
            indices[remaining++] = pending;
        deflated[..deflatedCount].CopyTo(indices[remaining..]);
        return remaining;
    }
}

/// <summary>The half of a block's components in which an eigenvector is nonzero.</summary>
internal enum EigenHalf : byte
{
    First,
    Both,
    Second,
}
