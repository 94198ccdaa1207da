using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Computes eigenvalues and eigenvectors of a small tridiagonal matrix by QR iteration with Wilkinson's shift.</summary>
/// <remarks>Golub and Van Loan, 4th edition, sections 5.1.8 (rotations), 8.3.4 and 8.3.5.</remarks>
internal static unsafe class ImplicitQr
{
    // Two or three steps per eigenvalue are typical.
    private const int MaxStepsPerValue = 60;
    private const double Epsilon = 2.220446049250313e-16;

    // For a matrix of norm 1. Products with smaller values lose digits.
    private const double Negligible = 1e-290;

    /// <summary>Diagonalizes the matrix, and applies the rotations to the rows.</summary>
    /// <param name="diagonal">[size]; receives the unsorted eigenvalues.</param>
    /// <param name="offDiagonal">[size - 1]; overwritten.</param>
    /// <param name="size">Rows of the matrix.</param>
    /// <param name="rows">[size, stride]: the identity. Row k receives eigenvector k.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="width">Elements per row, rounded up to 16.</param>
    /// <exception cref="ArithmeticException">The iteration did not converge.</exception>
    internal static void Solve<TVec>(double* diagonal, double* offDiagonal, int size, double* rows, int stride, int width)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int steps = 0;
        for (int high = size - 1; high > 0;)
        {
            int low = high;
            while (low > 0 && !IsNegligible(diagonal, offDiagonal, low - 1))
                low--;
            if (low == high)
            {
                high--;
                continue;
            }

            if (++steps > MaxStepsPerValue * size)
                throw new ArithmeticException(
                    $"The eigenvalues of a tridiagonal matrix of {size} rows did not converge in {steps - 1} steps.");
            Step<TVec>(diagonal, offDiagonal, low, high, rows, stride, width);
        }
    }

    private static bool IsNegligible(double* diagonal, double* offDiagonal, int k) =>
        Math.Abs(offDiagonal[k]) <= Math.Max(Epsilon * (Math.Abs(diagonal[k]) + Math.Abs(diagonal[k + 1])), Negligible);

    // Does one QR sweep: the shift determines the first rotation, and the others move the bulge out of the band.
    private static void Step<TVec>(double* diagonal, double* offDiagonal, int low, int high, double* rows, int stride, int width)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double element = diagonal[low] - Shift(diagonal[high - 1], diagonal[high], offDiagonal[high - 1]), bulge = offDiagonal[low];
        for (int k = low; k < high; k++)
        {
            (double cosine, double sine) = Rotation(element, bulge);
            if (k > low)
                offDiagonal[k - 1] = cosine * element + sine * bulge;
            double first = diagonal[k], second = diagonal[k + 1], beside = offDiagonal[k];
            double moved = sine * (2 * cosine * beside + sine * (second - first));
            diagonal[k] = first + moved;
            diagonal[k + 1] = second - moved;
            element = offDiagonal[k] = cosine * sine * (second - first) + (cosine - sine) * (cosine + sine) * beside;
            if (k + 1 < high)
            {
                bulge = sine * offDiagonal[k + 1];
                offDiagonal[k + 1] *= cosine;
            }

            double* row = rows + (long)k * stride;
            VectorRows.Rotate<TVec>(row, row + stride, cosine, sine, width);
        }
    }

    // Returns Wilkinson's shift: of the last 2x2 block's eigenvalues, the one that is nearer to the last element.
    private static double Shift(double first, double last, double beside)
    {
        double half = (first - last) / 2;
        double root = Math.CopySign(double.Hypot(half, beside), half);
        return last - beside / (half + root) * beside;
    }

    // Returns the rotation that maps (x, y) to the first axis. It is computed without overflow.
    private static (double Cosine, double Sine) Rotation(double x, double y)
    {
        if (y == 0)
            return (1, 0);
        if (Math.Abs(y) > Math.Abs(x))
        {
            double ratio = x / y, sine = 1 / Math.Sqrt(1 + ratio * ratio);
            return (sine * ratio, sine);
        }
        else
        {
            double ratio = y / x, cosine = 1 / Math.Sqrt(1 + ratio * ratio);
            return (cosine, cosine * ratio);
        }
    }
}
