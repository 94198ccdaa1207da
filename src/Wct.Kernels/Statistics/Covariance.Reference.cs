namespace Wct.Kernels.Statistics;

/// <summary>Mean and covariance over all pixels of a feature map.</summary>
internal static partial class Covariance
{
    /// <summary>Scalar reference: two passes in double precision.</summary>
    /// <param name="features">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the features.</param>
    /// <param name="mean">[C].</param>
    /// <param name="covariance">[C, C], divided by max(1, H·W - 1).</param>
    internal static void Reference(ReadOnlySpan<float> features, TensorShape shape, Span<double> mean, Span<double> covariance)
    {
        int channels = shape.Channels, pixels = shape.Pixels;
        for (int c = 0; c < channels; c++)
        {
            double sum = 0;
            for (int p = 0; p < pixels; p++)
                sum += features[c * pixels + p];
            mean[c] = sum / pixels;
        }

        for (int i = 0; i < channels; i++)
        {
            for (int j = 0; j < channels; j++)
            {
                double sum = 0;
                for (int p = 0; p < pixels; p++)
                    sum += (features[i * pixels + p] - mean[i]) * (features[j * pixels + p] - mean[j]);
                covariance[i * channels + j] = sum / Math.Max(1, pixels - 1);
            }
        }
    }

    /// <summary>Scalar reference with weights: two passes in double precision. Pixels with weight 0 are skipped.</summary>
    /// <param name="features">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the features.</param>
    /// <param name="weights">[H, W].</param>
    /// <param name="mean">[C]: Σ w·x / N; zeros if N is 0.</param>
    /// <param name="scatter">[C, C]: Σ w·(x - mean)(x - mean)ᵀ.</param>
    /// <returns>N: Σ w.</returns>
    internal static double WeightedReference(
        ReadOnlySpan<float> features, TensorShape shape, ReadOnlySpan<float> weights, Span<double> mean, Span<double> scatter)
    {
        int channels = shape.Channels, pixels = shape.Pixels;
        double total = 0;
        for (int p = 0; p < pixels; p++)
            total += weights[p];
        for (int c = 0; c < channels; c++)
        {
            double sum = 0;
            for (int p = 0; p < pixels; p++)
                sum += weights[p] > 0 ? (double)weights[p] * features[c * pixels + p] : 0;
            mean[c] = total > 0 ? sum / total : 0;
        }

        for (int i = 0; i < channels; i++)
        {
            for (int j = i; j < channels; j++)
            {
                double sum = 0;
                for (int p = 0; p < pixels; p++)
                    sum += weights[p] > 0 ? weights[p] * (features[i * pixels + p] - mean[i]) * (features[j * pixels + p] - mean[j]) : 0;
                scatter[i * channels + j] = scatter[j * channels + i] = sum;
            }
        }

        return total;
    }
}
