namespace Wct.Kernels.Elementwise;

/// <summary>A region of one map into another.</summary>
internal static partial class RegionCopy
{
    /// <summary>The definition.</summary>
    /// <param name="source">[C, H, W], planar.</param>
    /// <param name="destination">[C, H', W'], planar; keeps what lies outside of the region.</param>
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
