namespace Wct.Kernels;

/// <summary>A rectangle of a map's pixels.</summary>
/// <param name="Y">Its first row.</param>
/// <param name="X">Its first column.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct Region(int Y, int X, int Height, int Width)
{
    /// <summary>All of a map.</summary>
    public static Region Of(TensorShape shape) => new(0, 0, shape.Height, shape.Width);

    /// <summary>Whether it lies in a map of that many rows and columns, and has any pixels.</summary>
    public bool IsWithin(int height, int width) =>
        Y >= 0 && X >= 0 && Height >= 1 && Width >= 1 && Y <= height - Height && X <= width - Width;

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width} at ({Y}, {X})";
}
