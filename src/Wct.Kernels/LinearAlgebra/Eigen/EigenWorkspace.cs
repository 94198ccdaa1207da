using System.Runtime.InteropServices;
using Wct.Kernels.Cpu;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>The memory of one eigenproblem: padded matrices that start as zeros, so that tiles may run over the edges.</summary>
internal sealed unsafe class EigenWorkspace : IDisposable
{
    /// <summary>Reflections that are applied at a time, by matrix products.</summary>
    internal const int PanelWidth = 32;

    /// <summary>Distance of rows that hold a panel's width.</summary>
    internal const int NarrowStride = PanelWidth + 8;

    private const int MatrixCount = 4, VectorCount = 8;

    private readonly NativeBuffer _buffer;

    internal EigenWorkspace(NativeBufferSource source, int size)
    {
        (Size, Stride, Padded) = (size, TransposedProduct.PaddedStride(size), TransposedProduct.Pad(size));
        long matrix = (long)Padded * Stride, panel = 2L * PanelWidth * Stride, triangle = PanelWidth * NarrowStride;
        // One piece: allocators give large pieces back to the system less eagerly than many of their size, and fresh pages cost a tenth of the work.
        _buffer = source.Allocate((nuint)(MatrixCount * matrix + 2 * panel + triangle + VectorCount * (long)Stride) * sizeof(double));
        NativeMemory.Clear(_buffer.Pointer, _buffer.Bytes);
        Matrix = (double*)_buffer.Pointer;
        Reflectors = Matrix + matrix;
        Rows = Reflectors + matrix;
        Secular = Rows + matrix;
        Left = Secular + matrix;
        Right = Left + panel;
        Triangle = Right + panel;
        Diagonal = Triangle + triangle;
        OffDiagonal = Diagonal + Stride;
        Scales = OffDiagonal + Stride;
        Coupling = Scales + Stride;
        Poles = Coupling + Stride;
        Weights = Poles + Stride;
        Products = Weights + Stride;
        Roots = Products + Stride;
        (Order, Kept, Moves, Halves) = (new int[size], new int[size], new int[size], new EigenHalf[size]);
    }

    /// <summary>n.</summary>
    internal int Size { get; }

    /// <summary>Rows of every matrix: n, padded to <see cref="TransposedProduct.ColumnGrain"/>.</summary>
    internal int Padded { get; }

    /// <summary>Distance of rows.</summary>
    internal int Stride { get; }

    /// <summary>The matrix, scaled; once it is reduced, a merge's distances of eigenvalues to poles, then its rows brought into order.</summary>
    internal double* Matrix { get; }

    /// <summary>Row c holds reflection c's vector: zeros up to c, 1 at c + 1.</summary>
    internal double* Reflectors { get; }

    /// <summary>Eigenvectors of diagonal blocks, one per row; after the last merge, of the tridiagonal matrix, one per column.</summary>
    internal double* Rows { get; }

    /// <summary>Eigenvectors of a merge's secular equation, one per column.</summary>
    internal double* Secular { get; }

    /// <summary>[2·<see cref="PanelWidth"/>, stride].</summary>
    internal double* Left { get; }

    /// <summary>[2·<see cref="PanelWidth"/>, stride].</summary>
    internal double* Right { get; }

    /// <summary>[<see cref="PanelWidth"/>, <see cref="NarrowStride"/>].</summary>
    internal double* Triangle { get; }

    /// <summary>Of the tridiagonal matrix; in the end the eigenvalues, in no order.</summary>
    internal double* Diagonal { get; }

    /// <summary>Element k is beside diagonal elements k and k + 1.</summary>
    internal double* OffDiagonal { get; }

    /// <summary>τ of each reflection I − τ·v·vᵀ.</summary>
    internal double* Scales { get; }

    internal double* Coupling { get; }

    internal double* Poles { get; }

    internal double* Weights { get; }

    internal double* Products { get; }

    internal double* Roots { get; }

    /// <summary>Places of a block's eigenvalues in ascending order, counted from the block's start.</summary>
    internal int[] Order { get; }

    internal int[] Kept { get; }

    internal int[] Moves { get; }

    internal EigenHalf[] Halves { get; }

    /// <summary>Copies the upper triangle to both, scaled by a power of two so that the largest element is about 1.</summary>
    /// <returns>The exponent that undoes the scaling.</returns>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    internal int Load(ReadOnlySpan<double> matrix)
    {
        double largest = 0;
        for (int i = 0; i < Size; i++)
        {
            for (int j = i; j < Size; j++)
            {
                double value = Math.Abs(matrix[i * Size + j]);
                if (!double.IsFinite(value))
                    throw new ArgumentException($"Element [{i}, {j}] is {matrix[i * Size + j]}; eigenvalues need finite numbers.", nameof(matrix));
                largest = Math.Max(largest, value);
            }
        }

        int exponent = largest > 0 ? Math.ILogB(largest) : 0;
        // In two steps: the power for the smallest numbers is itself beyond the range.
        double half = Math.ScaleB(1, -exponent / 2), rest = Math.ScaleB(1, -exponent - -exponent / 2);
        for (int i = 0; i < Size; i++)
        {
            for (int j = i; j < Size; j++)
                Matrix[i * Stride + j] = Matrix[j * Stride + i] = matrix[i * Size + j] * half * rest;
        }

        return exponent;
    }

    /// <summary>Hands out the eigenvalues, ascending, and the vectors in their order.</summary>
    internal void Unload(int exponent, Span<double> values, Span<double> vectors)
    {
        for (int k = 0; k < Size; k++)
            values[k] = Math.ScaleB(Diagonal[Order[k]], exponent);
        for (int i = 0; i < Size; i++)
        {
            double* row = Rows + (long)i * Stride;
            Span<double> result = vectors.Slice(i * Size, Size);
            for (int k = 0; k < result.Length; k++)
                result[k] = row[Order[k]];
        }
    }

    public void Dispose() => _buffer.Free();
}
