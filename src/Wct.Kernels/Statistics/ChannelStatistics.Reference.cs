namespace Wct.Kernels.Statistics;

/// <summary>Mean and variance of each channel.</summary>
internal static partial class ChannelStatistics
{
    /// <summary>Scalar reference in two passes.</summary>
    /// <param name="features">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the features.</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C], divided by the number of pixels.</param>
    internal static void Reference(ReadOnlySpan<float> features, TensorShape shape, Span<double> mean, Span<double> variance)
    {
        for (int c = 0; c < shape.Channels; c++)
        {
            ReadOnlySpan<float> plane = features.Slice(c * shape.Pixels, shape.Pixels);
            double sum = 0, squares = 0;
            foreach (float value in plane)
                sum += value;
            mean[c] = sum / shape.Pixels;
            foreach (float value in plane)
                squares += (value - mean[c]) * (value - mean[c]);
            variance[c] = squares / shape.Pixels;
        }
    }
}
