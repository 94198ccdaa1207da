using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

/// <summary>Mean and covariance in plain loops and double precision.</summary>
internal static class PlainMoments
{
    /// <summary>Measures features whose pixels have weights.</summary>
    /// <param name="features">[C, pixels].</param>
    /// <param name="channels">C.</param>
    /// <param name="weights">[pixels]; empty if all are 1.</param>
    internal static FeatureMoments Of(ReadOnlySpan<float> features, int channels, params ReadOnlySpan<float> weights)
    {
        int pixels = features.Length / channels;
        double[] mean = new double[channels], covariance = new double[channels * channels];
        double total = 0;
        for (int p = 0; p < pixels; p++)
            total += weights.IsEmpty ? 1 : weights[p];
        for (int c = 0; c < channels; c++)
        {
            for (int p = 0; p < pixels; p++)
                mean[c] += (weights.IsEmpty ? 1 : weights[p]) * (double)features[c * pixels + p] / total;
        }

        for (int i = 0; i < covariance.Length; i++)
        {
            int a = i / channels, b = i % channels;
            double sum = 0;
            for (int p = 0; p < pixels; p++)
            {
                double weight = weights.IsEmpty ? 1 : weights[p];
                sum += weight * (features[a * pixels + p] - mean[a]) * (features[b * pixels + p] - mean[b]);
            }

            covariance[i] = total > 1 ? sum / (total - 1) : 0;
        }

        return new FeatureMoments(mean, covariance);
    }

    /// <summary>Applies y = A·(x - center) + offset.</summary>
    /// <param name="features">[C, pixels].</param>
    /// <param name="matrix">A, [C, C].</param>
    /// <param name="center">[C].</param>
    /// <param name="offset">[C].</param>
    internal static double[] Apply(
        ReadOnlySpan<double> features, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset)
    {
        int channels = center.Length, pixels = features.Length / channels;
        double[] result = new double[features.Length];
        for (int c = 0; c < channels; c++)
        {
            for (int p = 0; p < pixels; p++)
            {
                double sum = offset[c];
                for (int k = 0; k < channels; k++)
                    sum += matrix[c * channels + k] * (features[k * pixels + p] - center[k]);
                result[c * pixels + p] = sum;
            }
        }

        return result;
    }

    /// <summary>The product of two square matrices.</summary>
    internal static double[] Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int n = (int)Math.Sqrt(a.Length);
        double[] product = new double[a.Length];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                    product[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }

        return product;
    }

    /// <summary>The transpose of a square matrix.</summary>
    internal static double[] Transposed(ReadOnlySpan<double> matrix)
    {
        int n = (int)Math.Sqrt(matrix.Length);
        double[] transposed = new double[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
            transposed[i % n * n + i / n] = matrix[i];
        return transposed;
    }
}
