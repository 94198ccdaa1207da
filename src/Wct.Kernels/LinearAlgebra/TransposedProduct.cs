using System.Buffers;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra;

/// <summary>Computes the matrix product AᵀB in double precision, on the calling thread.</summary>
public static partial class TransposedProduct
{
    /// <summary>Columns are padded to a multiple of this: 16 doubles are two 512-bit vectors.</summary>
    internal const int ColumnAlignment = 16;

    // Rows of both factors per pass, so that the columns of a tile stay in the L1 cache.
    private const int PanelDepth = 64;

    /// <summary>Computes C = AᵀB.</summary>
    /// <param name="a">A, [depth, rows].</param>
    /// <param name="b">B, [depth, columns].</param>
    /// <param name="depth">Rows of A and B.</param>
    /// <param name="rows">Columns of A.</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="c">C, [rows, columns]; must not overlap the factors.</param>
    /// <exception cref="ArgumentException">A length does not match the sizes.</exception>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int depth, int rows, int columns, Span<double> c)
    {
        Check(nameof(a), a.Length, depth, rows);
        Check(nameof(b), b.Length, depth, columns);
        Check(nameof(c), c.Length, rows, columns);
        Multiply(IsaSelection.Current(), a, b, depth, rows, columns, c);
    }

    /// <summary>Computes C = AᵀA. Only the upper triangle is computed; then it is mirrored, so the result is exactly symmetric.</summary>
    /// <param name="a">A, [depth, columns].</param>
    /// <param name="depth">Rows of A.</param>
    /// <param name="columns">Columns of A.</param>
    /// <param name="c">C, [columns, columns]; must not overlap A.</param>
    /// <exception cref="ArgumentException">A length does not match the sizes.</exception>
    public static void Gram(ReadOnlySpan<double> a, int depth, int columns, Span<double> c)
    {
        Check(nameof(a), a.Length, depth, columns);
        Check(nameof(c), c.Length, columns, columns);
        Gram(IsaSelection.Current(), a, depth, columns, c);
    }

    internal static void Gram(Isa isa, ReadOnlySpan<double> a, int depth, int columns, Span<double> c)
    {
        Multiply(isa, a, a, depth, columns, columns, c, true);
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j < i; j++)
                c[i * columns + j] = c[j * columns + i];
        }
    }

    /// <summary>Scalar reference of C = AᵀB.</summary>
    internal static void Reference(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int depth, int rows, int columns, Span<double> c)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = 0;
                for (int k = 0; k < depth; k++)
                    sum += a[k * rows + i] * b[k * columns + j];
                c[i * columns + j] = sum;
            }
        }
    }

    internal static void Multiply(
        Isa isa, ReadOnlySpan<double> a, ReadOnlySpan<double> b, int depth, int rows, int columns, Span<double> c, bool upper = false)
    {
        switch (isa)
        {
            case Isa.Vector512: Multiply<Vec512<double>>(a, b, depth, rows, columns, c, upper); break;
            case Isa.Vector256: Multiply<Vec256<double>>(a, b, depth, rows, columns, c, upper); break;
            case Isa.Vector128: Multiply<Vec128<double>>(a, b, depth, rows, columns, c, upper); break;
            default: Multiply<VecScalar<double>>(a, b, depth, rows, columns, c, upper); break;
        }
    }

    /// <summary>Adds rows of AᵀB to the sums, in tiles of four rows.</summary>
    /// <param name="left">[depth, leftStride]; its columns are the rows of the result.</param>
    /// <param name="leftStride">Elements per row of <paramref name="left"/>.</param>
    /// <param name="right">[depth, rightStride], padded to <see cref="ColumnAlignment"/> columns.</param>
    /// <param name="rightStride">Elements per row of <paramref name="right"/>.</param>
    /// <param name="depth">Rows of both factors.</param>
    /// <param name="firstRow">First row of the result, a multiple of four.</param>
    /// <param name="endRow">Row after the last.</param>
    /// <param name="upper">Whether to compute only the tiles that reach the diagonal or lie above it.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="sums">[endRow, sumsStride], added to.</param>
    /// <param name="sumsStride">Elements per row of <paramref name="sums"/>.</param>
    internal static unsafe void Add<TVec>(
        double* left, long leftStride, double* right, long rightStride, int depth, int firstRow, int endRow, bool upper,
        int columns, double* sums, long sumsStride)
        where TVec : unmanaged, IVec<TVec, double>
    {
        // The outer loop runs over columns, because their strip of the right factor is the larger one and stays in the L1 cache.
        int width = 2 * TVec.Count;
        for (int j = upper ? firstRow / width * width : 0; j < columns; j += width)
        {
            int end = upper ? Math.Min(endRow, j + width) : endRow;
            for (int i = firstRow; i < end; i += TileRows)
                Tile4x2<TVec>(left + i, leftStride, right + j, rightStride, depth, sums + i * sumsStride + j, sumsStride);
        }
    }

    /// <summary>Adds AᵀB to the sums. Each pass reads some of the rows of both factors.</summary>
    /// <param name="left">[depth, leftStride], padded to <see cref="TileRows"/> columns.</param>
    /// <param name="leftStride">Elements per row of <paramref name="left"/>.</param>
    /// <param name="right">[depth, rightStride], padded to <see cref="ColumnAlignment"/> columns.</param>
    /// <param name="rightStride">Elements per row of <paramref name="right"/>.</param>
    /// <param name="depth">Rows of both factors.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="sums">[rows, sumsStride], padded as the factors are.</param>
    /// <param name="sumsStride">Elements per row of <paramref name="sums"/>.</param>
    /// <param name="upper">Whether to compute only the tiles that reach the diagonal or lie above it.</param>
    internal static unsafe void AddPanels<TVec>(
        double* left, long leftStride, double* right, long rightStride, int depth, int rows, int columns, double* sums, long sumsStride,
        bool upper = false)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int k = 0; k < depth; k += PanelDepth)
        {
            Add<TVec>(
                left + k * leftStride, leftStride, right + k * rightStride, rightStride, Math.Min(PanelDepth, depth - k), 0, rows, upper,
                columns, sums, sumsStride);
        }
    }

    /// <summary>Elements per row of a padded matrix. It is an odd multiple of 8 doubles. With a multiple of an L1 cache way's size (4 KB),
    /// all rows would map to the same few cache sets.</summary>
    /// <param name="columns">Columns of the matrix.</param>
    internal static int PaddedStride(int columns) => Pad(columns) + 8;

    internal static int Pad(int columns) => (columns + ColumnAlignment - 1) / ColumnAlignment * ColumnAlignment;

    private static unsafe void Multiply<TVec>(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, int depth, int rows, int columns, Span<double> c, bool upper)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int leftStride = PaddedStride(rows), rightStride = PaddedStride(columns), length = checked(Pad(rows) * rightStride);
        double[] left = Padded(a, depth, rows, leftStride), right = a == b ? left : Padded(b, depth, columns, rightStride);
        double[] sums = ArrayPool<double>.Shared.Rent(length);
        sums.AsSpan(0, length).Clear();
        fixed (double* x = left, y = right, sum = sums)
        {
            AddPanels<TVec>(x, leftStride, y, rightStride, depth, rows, columns, sum, rightStride, upper);
        }

        for (int i = 0; i < rows; i++)
            sums.AsSpan(i * rightStride, columns).CopyTo(c.Slice(i * columns, columns));
        ArrayPool<double>.Shared.Return(sums);
        ArrayPool<double>.Shared.Return(left);
        if (right != left)
            ArrayPool<double>.Shared.Return(right);
    }

    // Copies a matrix to an array rented from the pool, with padded rows. The array may be longer than the padded matrix; the rest is never
    // read.
    private static double[] Padded(ReadOnlySpan<double> matrix, int rows, int columns, int stride)
    {
        double[] padded = ArrayPool<double>.Shared.Rent(checked(rows * stride));
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = padded.AsSpan(i * stride, stride);
            matrix.Slice(i * columns, columns).CopyTo(row);
            row[columns..].Clear();
        }

        return padded;
    }

    private static void Check(string name, int length, int rows, int columns)
    {
        if (length != (long)rows * columns)
            throw new ArgumentException($"'{name}' has {length} elements, {rows}x{columns} need {(long)rows * columns}.", name);
    }
}
