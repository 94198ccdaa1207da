namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>A diagonal block of the tridiagonal matrix whose two halves are solved.</summary>
/// <param name="workspace">The memory that contains the block.</param>
/// <param name="start">First row of the block in the tridiagonal matrix, a multiple of 16.</param>
/// <param name="half">Rows of its first half, a multiple of 16.</param>
/// <param name="size">Rows of the block.</param>
internal readonly unsafe struct EigenBlock(EigenWorkspace workspace, int start, int half, int size)
{
    internal int Half { get; } = half;

    internal int Size { get; } = size;

    /// <summary>Columns of the block, padded to 16.</summary>
    internal int Width { get; } = TransposedProduct.Pad(size);

    /// <summary>[size]: the halves' eigenvalues.</summary>
    internal double* Values { get; } = workspace.Diagonal + start;

    /// <summary>[size]: for each half the indices of its eigenvalues, ascending by value, counted from the half's start.</summary>
    internal Span<int> Order => workspace.Order.AsSpan(start, Size);

    /// <summary>The block's eigenvectors, one per row; zero outside of their half.</summary>
    /// <param name="index">Row of the block.</param>
    internal double* Row(int index) => workspace.Rows + (start + (long)index) * workspace.Stride + start;

    /// <summary>A copy of the rows in the order that <see cref="Merge"/> needs.</summary>
    /// <param name="index">Row in that order.</param>
    internal double* ReorderedRow(int index) => workspace.Matrix + (start + (long)index) * workspace.Stride + start;
}
