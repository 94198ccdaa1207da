namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>A diagonal block of two solved halves.</summary>
/// <param name="workspace">The memory that the block is a part of.</param>
/// <param name="start">Where the block starts in the tridiagonal matrix, a multiple of 16.</param>
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

    /// <summary>[size]: places of each half's eigenvalues, ascending, counted from the half's start.</summary>
    internal Span<int> Order => workspace.Order.AsSpan(start, Size);

    /// <summary>The block's eigenvectors, one per row: zero outside their half.</summary>
    internal double* Row(int index) => workspace.Rows + (start + (long)index) * workspace.Stride + start;

    /// <summary>The same rows in another order.</summary>
    internal double* MovedRow(int index) => workspace.Matrix + (start + (long)index) * workspace.Stride + start;
}
