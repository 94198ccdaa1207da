namespace Wct.Kernels.Statistics;

/// <summary>Computes y = A·(x - center) + offset at every pixel.</summary>
internal static partial class AffineMap
{
    /// <summary>Scalar reference, summed in double precision.</summary>
    /// <param name="features">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the features.</param>
    /// <param name="matrix">[C, C].</param>
    /// <param name="center">[C].</param>
    /// <param name="offset">[C].</param>
    /// <param name="output">[C, H, W], planar.</param>
    internal static void Reference(
        ReadOnlySpan<float> features, TensorShape shape, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center,
        ReadOnlySpan<double> offset, Span<float> output)
    {
        int channels = shape.Channels, pixels = shape.Pixels;
        for (int i = 0; i < channels; i++)
        {
            for (int p = 0; p < pixels; p++)
            {
                double sum = offset[i];
                for (int j = 0; j < channels; j++)
                    sum += matrix[i * channels + j] * (features[j * pixels + p] - center[j]);
                output[i * pixels + p] = (float)sum;
            }
        }
    }
}
