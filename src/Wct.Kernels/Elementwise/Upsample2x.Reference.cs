namespace Wct.Kernels.Elementwise;

/// <summary>Nearest-neighbor upsampling by two.</summary>
internal static partial class Upsample2x
{
    /// <summary>Scalar reference.</summary>
    /// <param name="input">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="output">[C, 2H, 2W], planar.</param>
    internal static void Reference(ReadOnlySpan<float> input, TensorShape shape, Span<float> output)
    {
        TensorShape large = shape.Upsampled;
        for (int c = 0; c < large.Channels; c++)
        {
            for (int y = 0; y < large.Height; y++)
            {
                for (int x = 0; x < large.Width; x++)
                    output[(c * large.Height + y) * large.Width + x] = input[(c * shape.Height + y / 2) * shape.Width + x / 2];
            }
        }
    }
}
