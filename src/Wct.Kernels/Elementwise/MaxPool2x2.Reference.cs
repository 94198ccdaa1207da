namespace Wct.Kernels.Elementwise;

/// <summary>2x2 max pooling with stride 2.</summary>
internal static partial class MaxPool2x2
{
    /// <summary>Scalar reference. A last odd row or column is dropped; a side of one pixel keeps its length.</summary>
    /// <param name="input">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="output">[C, max(1, H/2), max(1, W/2)], planar.</param>
    internal static void Reference(ReadOnlySpan<float> input, TensorShape shape, Span<float> output)
    {
        TensorShape pooled = shape.Pooled;
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int y = 0; y < pooled.Height; y++)
            {
                for (int x = 0; x < pooled.Width; x++)
                {
                    float largest = float.NegativeInfinity;
                    for (int row = 2 * y; row < Math.Min(2 * y + 2, shape.Height); row++)
                    {
                        for (int column = 2 * x; column < Math.Min(2 * x + 2, shape.Width); column++)
                            largest = Math.Max(largest, input[(c * shape.Height + row) * shape.Width + column]);
                    }

                    output[(c * pooled.Height + y) * pooled.Width + x] = largest;
                }
            }
        }
    }
}
