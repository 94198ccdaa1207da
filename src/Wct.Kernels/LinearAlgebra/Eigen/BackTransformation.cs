using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Transforms the tridiagonal matrix's eigenvectors into those of the original matrix: X ← Q·X, one panel of reflections at a
/// time.</summary>
/// <remarks>The product of a panel's reflections is I + Y·N·Yᵀ with a small triangular N (compact WY form), so all work runs in register
/// tiles. Schreiber and Van Loan 1989; Golub and Van Loan, 4th edition, section 5.1.7.</remarks>
internal static unsafe partial class BackTransformation
{
    // Elements per row of a strip of the panel: not a power of two, which would map all rows to the same cache sets.
    private const int NarrowStride = EigenWorkspace.NarrowStride;

    /// <summary>Transforms the matrix <see cref="EigenWorkspace.Rows"/>, which holds one eigenvector per column.</summary>
    internal static void Apply<TVec>(EigenWorkspace workspace)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int reflections = workspace.Size - 2;
        for (int first = (reflections - 1) / EigenWorkspace.PanelWidth * EigenWorkspace.PanelWidth; reflections > 0 && first >= 0;
            first -= EigenWorkspace.PanelWidth)
        {
            Apply<TVec>(workspace, first, Math.Min(EigenWorkspace.PanelWidth, reflections - first));
        }
    }

    private static void Apply<TVec>(EigenWorkspace workspace, int first, int width)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int stride = workspace.Stride, padded = workspace.Padded;
        int begin = (first + 1) / TransposedProduct.ColumnAlignment * TransposedProduct.ColumnAlignment;
        double* reflectors = workspace.Reflectors + (long)first * stride + begin, vectors = workspace.Rows + (long)begin * stride;
        double* products = workspace.Left, changes = workspace.Left + EigenWorkspace.PanelWidth * (long)stride;
        Triangle<TVec>(workspace, first, width);
        Columns(reflectors, stride, width, padded - begin, workspace.Right);
        new Span<double>(products, 2 * EigenWorkspace.PanelWidth * stride).Clear();
        TransposedProduct.AddPanels<TVec>(workspace.Right, NarrowStride, vectors, stride, padded - begin, width, padded, products, stride);
        TransposedProduct.AddPanels<TVec>(workspace.Triangle, NarrowStride, products, stride, width, width, padded, changes, stride);
        TransposedProduct.AddPanels<TVec>(reflectors, stride, changes, stride, width, padded - begin, padded, vectors, stride);
    }

    // Computes Nᵀ: row j is −τⱼ·(N·Yᵀyⱼ), with −τⱼ on the diagonal.
    private static void Triangle<TVec>(EigenWorkspace workspace, int first, int width)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int stride = workspace.Stride, begin = (first + 1) / TransposedProduct.ColumnAlignment * TransposedProduct.ColumnAlignment;
        double* rows = workspace.Reflectors + (long)first * stride, triangle = workspace.Triangle, dots = workspace.Products;
        new Span<double>(triangle, EigenWorkspace.PanelWidth * NarrowStride).Clear();
        for (int j = 0; j < width; j++)
        {
            double scale = workspace.Scales[first + j];
            double* row = triangle + j * NarrowStride;
            VectorRows.Dot<TVec>(rows, stride, j, rows + (long)j * stride, begin, workspace.Padded, dots);
            VectorRows.Combine<TVec>(triangle, NarrowStride, j, dots, row, 0, EigenWorkspace.PanelWidth);
            for (int i = 0; i < j; i++)
                row[i] *= -scale;
            row[j] = -scale;
        }
    }

    private static void Columns(double* rows, int stride, int width, int length, double* columns)
    {
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j < EigenWorkspace.PanelWidth; j++)
                columns[i * NarrowStride + j] = j < width ? rows[(long)j * stride + i] : 0;
        }
    }
}
