using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Eigenvalues and eigenvectors of a small tridiagonal matrix by QR steps with Wilkinson's shift.</summary>
/// <remarks>Golub and Van Loan, 4th edition, sections 5.1.8 (rotations), 8.3.4 and 8.3.5.</remarks>
internal static unsafe class ImplicitQr
{
    // Two or three steps per eigenvalue are usual.
    private const int MostStepsPerValue = 60;
    private const double Epsilon = 2.220446049250313e-16;

    // Beside a matrix of norm 1; below it, products lose digits.
    private const double Negligible = 1e-290;

    /// <summary>Diagonalises, and applies the rotations to the rows.</summary>
    /// <param name="diagonal">[size]; in the end the eigenvalues, in no order.</param>
    /// <param name="offDiagonal">[size - 1]; used up.</param>
    /// <param name="rows">[size, stride], the identity; in the end row k is eigenvector k.</param>
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

            if (++steps > MostStepsPerValue * size)
                throw new ArithmeticException($"The eigenvalues of a tridiagonal matrix of {size} rows did not converge in {steps - 1} steps.");
            Step<TVec>(diagonal, offDiagonal, low, high, rows, stride, width);
        }
    }

    private static bool IsNegligible(double* diagonal, double* offDiagonal, int k) =>
        Math.Abs(offDiagonal[k]) <= Math.Max(Epsilon * (Math.Abs(diagonal[k]) + Math.Abs(diagonal[k + 1])), Negligible);

    // One sweep: the first rotation follows from the shift, the others chase the element that it throws out of the band.
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

    // The eigenvalue of the last two rows that is nearer to the last element.
    private static double Shift(double first, double last, double beside)
    {
        double half = (first - last) / 2;
        double root = Math.CopySign(double.Hypot(half, beside), half);
        return last - beside / (half + root) * beside;
    }

    // Turns (x, y) onto the first axis, without overflow.
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
