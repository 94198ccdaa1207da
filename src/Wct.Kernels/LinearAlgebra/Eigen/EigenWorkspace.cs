using System.Runtime.InteropServices;
using Wct.Kernels.Cpu;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>The memory of one eigenproblem: padded matrices that start as zeros, so that register tiles may extend past the
/// edges.</summary>
internal sealed unsafe class EigenWorkspace : IDisposable
{
    /// <summary>Reflections per panel, which are applied together as matrix products.</summary>
    internal const int PanelWidth = 32;

    /// <summary>Elements per row of matrices with <see cref="PanelWidth"/> columns.</summary>
    internal const int NarrowStride = PanelWidth + 8;

    private const int MatrixCount = 4, VectorCount = 8;

    private readonly NativeBuffer _buffer;

    internal EigenWorkspace(NativeBufferSource source, int size)
    {
        (Size, Stride, Padded) = (size, TransposedProduct.PaddedStride(size), TransposedProduct.Pad(size));
        long matrix = (long)Padded * Stride, panel = 2L * PanelWidth * Stride, triangle = PanelWidth * NarrowStride;
        // All matrices share one buffer, because allocators keep one large buffer longer than several smaller ones, and the first use of
        // fresh pages would take a tenth of the time.
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
        (Order, Remaining, Destinations, Halves) = (new int[size], new int[size], new int[size], new EigenHalf[size]);
    }

    /// <summary>n, the side of the matrix.</summary>
    internal int Size { get; }

    /// <summary>Rows of every matrix: n, padded to <see cref="TransposedProduct.ColumnAlignment"/>.</summary>
    internal int Padded { get; }

    /// <summary>Elements per row of the matrices.</summary>
    internal int Stride { get; }

    /// <summary>The scaled matrix. After the reduction, each merge uses this memory for the distances of eigenvalues to poles, and then for
    /// the reordered rows.</summary>
    internal double* Matrix { get; }

    /// <summary>Row c holds reflection c's vector: zeros up to c, 1 at c + 1.</summary>
    internal double* Reflectors { get; }

    /// <summary>Eigenvectors of diagonal blocks, one per row. After the last merge: eigenvectors of the tridiagonal matrix, one per
    /// column.</summary>
    internal double* Rows { get; }

    /// <summary>Eigenvectors of a merge's secular equation, one per column.</summary>
    internal double* Secular { get; }

    /// <summary>[2·<see cref="PanelWidth"/>, stride].</summary>
    internal double* Left { get; }

    /// <summary>[2·<see cref="PanelWidth"/>, stride].</summary>
    internal double* Right { get; }

    /// <summary>[<see cref="PanelWidth"/>, <see cref="NarrowStride"/>].</summary>
    internal double* Triangle { get; }

    /// <summary>Diagonal of the tridiagonal matrix; at the end the unsorted eigenvalues.</summary>
    internal double* Diagonal { get; }

    /// <summary>Off-diagonal of the tridiagonal matrix: element k is between diagonal elements k and k + 1.</summary>
    internal double* OffDiagonal { get; }

    /// <summary>τ of each reflection I − τ·v·vᵀ.</summary>
    internal double* Scales { get; }

    /// <summary>[Size]: z of the rank-one update in a merge.</summary>
    internal double* Coupling { get; }

    /// <summary>[Size]: poles of a merge's secular equation, ascending.</summary>
    internal double* Poles { get; }

    /// <summary>[Size]: weights of a merge's secular equation.</summary>
    internal double* Weights { get; }

    /// <summary>[Size]: products of Löwner's formula.</summary>
    internal double* Products { get; }

    /// <summary>[Size]: roots of a merge's secular equation, then the deflated eigenvalues.</summary>
    internal double* Roots { get; }

    /// <summary>Indices of a block's eigenvalues, ascending by value, counted from the block's start.</summary>
    internal int[] Order { get; }

    /// <summary>[Size]: indices of a merge's eigenvalues. Those that remain after deflation come first, then the deflated ones.</summary>
    internal int[] Remaining { get; }

    /// <summary>[Size]: for each entry of <see cref="Remaining"/> the row that its eigenvector is copied to.</summary>
    internal int[] Destinations { get; }

    /// <summary>[Size]: the half of a block in which an eigenvector is nonzero.</summary>
    internal EigenHalf[] Halves { get; }

    /// <summary>Copies the upper triangle to both triangles, scaled by a power of two so that the largest element is about 1.</summary>
    /// <param name="matrix">[n, n].</param>
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
                    throw new ArgumentException(
                        $"Element [{i}, {j}] is {matrix[i * Size + j]}; eigenvalues need finite numbers.", nameof(matrix));
                largest = Math.Max(largest, value);
            }
        }

        int exponent = largest > 0 ? Math.ILogB(largest) : 0;
        // The scaling takes two steps, because for the smallest matrices the power of two is itself out of range.
        double half = Math.ScaleB(1, -exponent / 2), rest = Math.ScaleB(1, -exponent - -exponent / 2);
        for (int i = 0; i < Size; i++)
        {
            for (int j = i; j < Size; j++)
                Matrix[i * Stride + j] = Matrix[j * Stride + i] = matrix[i * Size + j] * half * rest;
        }

        return exponent;
    }

    /// <summary>Writes the eigenvalues in ascending order, and the eigenvectors in the same order.</summary>
    /// <param name="exponent">From <see cref="Load"/>.</param>
    /// <param name="values">[n], receives the eigenvalues.</param>
    /// <param name="vectors">[n, n], receives the eigenvectors, one per column.</param>
    internal void Store(int exponent, Span<double> values, Span<double> vectors)
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
