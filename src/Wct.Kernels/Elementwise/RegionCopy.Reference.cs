namespace Wct.Kernels.Elementwise;

/// <summary>Copies a region of one map into another.</summary>
internal static partial class RegionCopy
{
    /// <summary>Scalar reference.</summary>
    /// <param name="source">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the source.</param>
    /// <param name="region">Region of the source.</param>
    /// <param name="destination">[C, H', W'], planar; elements outside of the region keep their values.</param>
    /// <param name="destinationShape">Shape of the destination.</param>
    /// <param name="y">Row of the destination that receives the region's first row.</param>
    /// <param name="x">Column of the destination that receives the region's first column.</param>
    internal static void Reference(
        ReadOnlySpan<float> source, TensorShape shape, Region region, Span<float> destination, TensorShape destinationShape, int y, int x)
    {
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int i = 0; i < region.Height; i++)
            {
                for (int j = 0; j < region.Width; j++)
                {
                    destination[(c * destinationShape.Height + y + i) * destinationShape.Width + x + j] =
                        source[(c * shape.Height + region.Y + i) * shape.Width + region.X + j];
                }
            }
        }
    }
}
