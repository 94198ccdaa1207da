using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Computes eigenvectors of diag(d) + ρ·w·wᵀ from its computed eigenvalues.</summary>
/// <remarks>
/// The computed eigenvalues are exact for slightly different weights, which Löwner's formula gives. Eigenvectors that are computed from
/// these weights are orthogonal to working precision, however close the eigenvalues are. Gu and Eisenstat, "A stable and efficient
/// algorithm for the rank-one modification of the symmetric eigenproblem", 1994.
/// </remarks>
internal static unsafe class SecularVectors
{
    // Columns per pass: the elements of one cache line.
    private const int Columns = 8;

    /// <summary>Writes eigenvector j to column j of <see cref="EigenWorkspace.Secular"/>, and its component k to the row that row k was
    /// moved to.</summary>
    /// <param name="workspace">The memory of the eigenproblem.</param>
    /// <param name="indices">[count]: indices of the poles in z, for the signs of the weights.</param>
    /// <param name="distances">[count, stride]: dᵢ − λⱼ at [j, i]; overwritten.</param>
    internal static void Compute<TVec>(EigenWorkspace workspace, ReadOnlySpan<int> indices, double* distances)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int count = indices.Length, padded = TransposedProduct.Pad(count), stride = workspace.Stride;
        double* weights = workspace.Weights, lengths = workspace.Products;
        Products<TVec>(distances, stride, workspace.Poles, count, padded, weights);
        for (int k = 0; k < count; k++)
            weights[k] = Math.CopySign(Math.Sqrt(Math.Abs(weights[k])), workspace.Coupling[indices[k]]);
        new Span<double>(weights + count, padded - count).Clear();
        for (int j = 0; j < count; j++)
            lengths[j] = 1 / Math.Sqrt(Divide<TVec>(weights, distances + (long)j * stride, padded));
        for (int j = 0; j < padded; j += Columns)
            Transpose(workspace, distances, j, count, lengths);
    }

    // Löwner's formula: wᵢ² = Πⱼ (λⱼ − dᵢ) / Πⱼ≠ᵢ (dⱼ − dᵢ), up to a common factor.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Products<TVec>(double* distances, int stride, double* poles, int count, int padded, double* products)
        where TVec : unmanaged, IVec<TVec, double>
    {
        new Span<double>(products, padded).Fill(1);
        for (int j = 0; j < count; j++)
        {
            double* row = distances + (long)j * stride;
            double own = products[j] * row[j];
            TVec pole = TVec.Broadcast(poles[j]);
            for (int i = 0; i < padded; i += TVec.Count)
                (TVec.Load(products + i) * (TVec.Load(row + i) / (TVec.Load(poles + i) - pole))).Store(products + i);
            // A pole's own factor is left out: the loop's division by zero is overwritten.
            products[j] = own;
        }
    }

    // Replaces a row of distances by weights / distances; returns the sum of the squares.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Divide<TVec>(double* weights, double* row, int padded)
        where TVec : unmanaged, IVec<TVec, double>
    {
        TVec sum = TVec.Broadcast(0);
        for (int i = 0; i < padded; i += TVec.Count)
        {
            TVec quotient = TVec.Load(weights + i) / TVec.Load(row + i);
            quotient.Store(row + i);
            sum = TVec.MultiplyAdd(quotient, quotient, sum);
        }

        return TVec.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(EigenWorkspace workspace, double* rows, int first, int count, double* lengths)
    {
        int stride = workspace.Stride, end = Math.Min(Columns, count - first);
        rows += (long)first * stride;
        for (int k = 0; k < count; k++)
        {
            double* column = workspace.Secular + (long)workspace.Destinations[k] * stride + first;
            for (int j = 0; j < end; j++)
                column[j] = rows[(long)j * stride + k] * lengths[first + j];
            for (int j = Math.Max(0, end); j < Columns; j++)
                column[j] = 0;
        }
    }
}
