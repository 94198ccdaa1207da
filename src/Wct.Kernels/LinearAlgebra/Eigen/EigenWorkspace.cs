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

    private const int VectorCount = 8;

    private readonly List<NativeBuffer> _buffers = [];
    private readonly NativeBufferSource _source;

    internal EigenWorkspace(NativeBufferSource source, int size)
    {
        (_source, Size, Stride) = (source, size, TransposedProduct.PaddedStride(size));
        Padded = TransposedProduct.Pad(size);
        try
        {
            Matrix = Zeros((long)Padded * Stride);
            Reflectors = Zeros((long)Padded * Stride);
            Rows = Zeros((long)Padded * Stride);
            Moved = Zeros((long)Padded * Stride);
            Secular = Zeros((long)Padded * Stride);
            Left = Zeros(2L * PanelWidth * Stride);
            Right = Zeros(2L * PanelWidth * Stride);
            Triangle = Zeros(PanelWidth * NarrowStride);
            double* vectors = Zeros(VectorCount * (long)Stride);
            Diagonal = vectors;
            OffDiagonal = vectors + Stride;
            Scales = vectors + 2 * Stride;
            Coupling = vectors + 3 * Stride;
            Poles = vectors + 4 * Stride;
            Weights = vectors + 5 * Stride;
            Products = vectors + 6 * Stride;
            Roots = vectors + 7 * Stride;
        }
        catch
        {
            Dispose();
            throw;
        }

        (Order, Kept, Moves, Halves) = (new int[size], new int[size], new int[size], new EigenHalf[size]);
    }

    /// <summary>n.</summary>
    internal int Size { get; }

    /// <summary>Rows of every matrix: n, padded to <see cref="TransposedProduct.ColumnGrain"/>.</summary>
    internal int Padded { get; }

    /// <summary>Distance of rows.</summary>
    internal int Stride { get; }

    /// <summary>The matrix, scaled; once it is reduced, distances of eigenvalues to poles.</summary>
    internal double* Matrix { get; }

    /// <summary>Row c holds reflection c's vector: zeros up to c, 1 at c + 1.</summary>
    internal double* Reflectors { get; }

    /// <summary>Eigenvectors of diagonal blocks, one per row; after the last merge, of the tridiagonal matrix, one per column.</summary>
    internal double* Rows { get; }

    /// <summary>Rows of a merge, brought into order.</summary>
    internal double* Moved { get; }

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

    public void Dispose()
    {
        foreach (NativeBuffer buffer in _buffers)
            buffer.Free();
        _buffers.Clear();
    }

    private double* Zeros(long count)
    {
        NativeBuffer buffer = _source.Allocate((nuint)count * sizeof(double));
        _buffers.Add(buffer);
        NativeMemory.Clear(buffer.Pointer, buffer.Bytes);
        return (double*)buffer.Pointer;
    }
}
