namespace Wct.Kernels;

/// <summary>A rectangle of a feature map's pixels.</summary>
/// <param name="Y">First row.</param>
/// <param name="X">First column.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct Region(int Y, int X, int Height, int Width)
{
    /// <summary>The region that covers a whole tensor.</summary>
    /// <param name="shape">[C, H, W].</param>
    public static Region Of(TensorShape shape) => new(0, 0, shape.Height, shape.Width);

    /// <summary>Whether the region is not empty and lies within a map.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    public bool IsWithin(int height, int width) =>
        Y >= 0 && X >= 0 && Height >= 1 && Width >= 1 && Y <= height - Height && X <= width - Width;

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width} at ({Y}, {X})";
}
