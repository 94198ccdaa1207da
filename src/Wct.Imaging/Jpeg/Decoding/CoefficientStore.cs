namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>A component's quantised coefficients. A row of blocks takes memory when it is first written to,
/// so that a short file which announces a large picture fails before the picture's memory is taken.</summary>
/// <param name="component">The component.</param>
/// <param name="blockRows">Rows of blocks, padded to whole MCUs.</param>
internal sealed class CoefficientStore(Component component, int blockRows)
{
    private readonly short[]?[] _rows = new short[blockRows][];

    /// <summary>The coefficients of a block, [64] row-major.</summary>
    internal Span<short> Block(int column, int row) =>
        (_rows[row] ??= new short[component.PaddedColumns * 64]).AsSpan(column * 64, 64);

    /// <summary>Whether nothing was written to a row of blocks yet: all its coefficients are 0.</summary>
    internal bool IsBlank(int row) => _rows[row] is null;

    /// <summary>Turns a row of blocks into samples.</summary>
    internal void Transform(int row, SamplePlane plane)
    {
        for (int column = 0; column < component.PaddedColumns; column++)
        {
            ReadOnlySpan<short> block = Block(column, row);
            if (block[1..].ContainsAnyExcept((short)0))
                InverseDct.Transform(block, component.Quantisation, plane.Block(column, row), plane.Stride);
            else
                InverseDct.TransformFlat(block[0], component.Quantisation![0], plane.Block(column, row), plane.Stride);
        }
    }

    /// <summary>Gives a row's memory back, once its samples were taken.</summary>
    internal void Release(int row) => _rows[row] = null;
}
