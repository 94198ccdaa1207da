using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Finds the eigenpairs of diag(Λ₁, Λ₂) + ρ·z·zᵀ that are known already: where z is tiny, or two eigenvalues all but agree.</summary>
/// <remarks>Gu and Eisenstat 1995, section 2; Golub and Van Loan, 4th edition, section 8.4.1.</remarks>
internal static unsafe class Deflation
{
    // What is smaller counts as eight roundings of the block's norm.
    private const double Tolerance = 8 * 2.220446049250313e-16;

    // Beside a matrix of norm 1: squares of what is left stay far from the smallest numbers.
    private const double Negligible = 1e-80;

    /// <summary>Rotates the rows of near-equal eigenvalues so that one of them is free of z, and sorts out what is left.</summary>
    /// <param name="strength">ρ ≥ 0.</param>
    /// <param name="z">[size], of norm 1; changed by the rotations.</param>
    /// <param name="places">[size]: in, all places ascending; out, first the survivors, ascending, then the others.</param>
    /// <param name="others">[size], overwritten.</param>
    /// <param name="groups">[size]: which half an eigenvector lives in.</param>
    /// <returns>Survivors.</returns>
    internal static int Run<TVec>(
        in EigenBlock block, int stride, double strength, double* z, Span<int> places, Span<int> others, Span<EigenHalf> groups)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double* values = block.Values;
        double norm = Math.Max(Math.Max(Math.Abs(values[places[0]]), Math.Abs(values[places[^1]])), strength);
        double tolerance = Math.Max(Tolerance * norm, Negligible);
        int survivors = 0, rest = 0, pending = -1;
        foreach (int place in places)
        {
            if (strength * Math.Abs(z[place]) <= tolerance)
            {
                others[rest++] = place;
                continue;
            }

            if (pending >= 0)
            {
                double length = double.Hypot(z[pending], z[place]), cosine = z[place] / length, sine = z[pending] / length;
                if (Math.Abs((values[place] - values[pending]) * cosine * sine) <= tolerance)
                {
                    // The pending one becomes free of z; the rotation leaves an element beside the diagonal that is within the tolerance.
                    VectorRows.Rotate<TVec>(block.Row(place), block.Row(pending), cosine, sine, block.Width);
                    (z[place], z[pending]) = (length, 0);
                    double moved = (values[place] - values[pending]) * sine * sine;
                    (values[place], values[pending]) = (values[place] - moved, values[pending] + moved);
                    if (groups[place] != groups[pending])
                        groups[place] = EigenHalf.Both;
                    others[rest++] = pending;
                }
                else
                {
                    places[survivors++] = pending;
                }
            }

            pending = place;
        }

        if (pending >= 0)
            places[survivors++] = pending;
        others[..rest].CopyTo(places[survivors..]);
        return survivors;
    }
}

/// <summary>Which half of a block's components an eigenvector has.</summary>
internal enum EigenHalf : byte
{
    First,
    Both,
    Second,
}
