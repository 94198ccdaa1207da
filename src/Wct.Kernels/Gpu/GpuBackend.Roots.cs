using System.Buffers;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Gpu;

// Inverse square roots by matrix products. They are in double precision, because a covariance's condition number reaches 1e7.
// Scaled Newton-Schulz iterations take 12 to 16 steps of three products each, while the host's eigensolver would leave the device idle.
// A result is used only if it is as exact as one from eigenvalues: no eigenvalue may be small enough to be dropped, and the product of both
// roots must be the identity. Otherwise the host solves the eigenproblem.
public partial class GpuBackend
{
    // With fewer channels, a core of the host takes about a millisecond, no longer than the launches and copies would.
    private const int WorthwhileChannels = 256;

    // Limit for the Frobenius norm of I - Z·Y. Features are in single precision, so a lower limit would make no difference.
    private const double RootLimit = 1e-7;

    /// <summary>The least number of channels for which the device computes inverse roots. Tests change it.</summary>
    internal int RootsFrom { get; set; }

    /// <inheritdoc/>
    public override bool SupportsInverseRoots(int channels) => channels >= RootsFrom;

    private protected override bool TryInverseRootCore(
        ReadOnlySpan<double> matrix, ReadOnlySpan<double> left, int channels, double threshold, Span<double> product)
    {
        // The Frobenius norm is at least the largest eigenvalue.
        double norm = Math.Sqrt(Energy(matrix));
        if (!(norm > threshold && double.IsFinite(norm)))
            return false;
        double[] borrowed = ArrayPool<double>.Shared.Rent(matrix.Length + 2 * channels);
        Span<double> scaled = borrowed.AsSpan(0, matrix.Length), rows = borrowed.AsSpan(matrix.Length, 2 * channels);
        try
        {
            if (!Scale(matrix, channels, threshold, norm, scaled))
                return false;
            using (Enter())
                MultiplyByInverseRoot(scaled, left, channels, threshold / norm, norm, rows, product);
            // If the sum of the inverse eigenvalues is below the limit, each of them is. The negated comparison also rejects NaN.
            if (!(Sum(rows[..channels]) <= RootLimit * RootLimit && Sum(rows[channels..]) * threshold < norm))
                return false;
        }
        catch (InsufficientMemoryException)
        {
            // The host computes it instead.
            return false;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(borrowed);
        }

        for (int j = 0; j < channels; j++)
        {
            for (int i = 0; i < channels && matrix[j * channels + j] == 0; i++)
                product[i * channels + j] = 0;
        }

        return true;
    }

    // Everything is enqueued before the host waits for results.
    private void MultiplyByInverseRoot(
        ReadOnlySpan<double> scaled, ReadOnlySpan<double> left, int size, double least, double norm, Span<double> rows,
        Span<double> product)
    {
        List<(double Scale, double Shift)> steps = NewtonSchulz.Steps(least);
        int iterations = steps.Count, unit = iterations, plain = unit + 1, rest = plain + 1, last = rest + 1;
        steps.AddRange([(0, 1), (1, 0), (-1, 1), (1 / Math.Sqrt(norm), 0)]);
        double[] numbers = [.. steps.SelectMany(step => new[] { step.Scale, step.Shift })];
        string purpose = $"An inverse root of {size}x{size} numbers";
        long bytes = (long)size * size * sizeof(double);
        using GpuLoan matrices = _memory.Borrow(5 * bytes, purpose), factors = _memory.Borrow(numbers.Length * sizeof(double), purpose);
        using GpuLoan squares = _memory.Borrow(rows.Length * sizeof(double), purpose);
        (GpuBuffer all, GpuBuffer with) = (matrices.Buffer, factors.Buffer);
        const int T = 2;
        (int y, int z, int nextY, int nextZ) = (0, 1, 3, 4);
        Upload<double>(numbers, with);
        Upload(scaled, all);
        Multiply(unit, (y, y, z));
        for (int step = 0; step < iterations; step++)
        {
            Multiply(step, (z, y, T));
            Multiply(plain, (y, T, nextY), (T, z, nextZ));
            (y, z, nextY, nextZ) = (nextY, nextZ, y, z);
        }

        Multiply(rest, (z, y, T));
        _launch.RowSquares(new GridSize(size, 2), all, squares, size, first: T, second: z);
        Upload(left, all, y * bytes);
        Multiply(last, (y, z, nextY));
        Download(squares.Buffer, rows);
        Download(all, product, nextY * bytes);

        void Multiply(int step, (int Left, int Right, int Product) one, (int Left, int Right, int Product)? beside = null)
        {
            (int left2, int right2, int product2) = beside ?? one;
            int side = (size - 1) / KernelConstants.MatrixProduct.Square + 1;
            GridSize grid = new(checked(side * side), beside is null ? 1 : 2);
            _launch.MatrixProduct(grid, all, with, step, size, one.Left, one.Right, one.Product, left2, right2, product2);
        }
    }

    // Channels without variance get a one on the diagonal, which doesn't affect the other channels. Their results are set to zero at the
    // end.
    private static bool Scale(ReadOnlySpan<double> matrix, int size, double threshold, double norm, Span<double> scaled)
    {
        for (int i = 0; i < matrix.Length; i++)
            scaled[i] = matrix[i] / norm;
        for (int i = 0; i < matrix.Length; i += size + 1)
        {
            if (matrix[i] == 0)
                scaled[i] = 1;
            else if (!(matrix[i] > threshold))
                // The smallest eigenvalue is at most the smallest variance.
                return false;
        }

        return true;
    }

    private static double Energy(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers)
            sum += number * number;
        return sum;
    }

    private static double Sum(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers)
            sum += number;
        return sum;
    }
}
