using Wct.Kernels;

namespace Wct.Training.Tasks;

/// <summary>Variance of features: what a squared error means depends on it.</summary>
internal static class TapVariance
{
    // Features that never change tell nothing; their error must not be divided by nothing either.
    private const double Least = 1e-6;

    /// <summary>Mean over the channels of each channel's variance over its pixels, averaged over some feature maps.</summary>
    /// <param name="features">[C, h, w] each.</param>
    internal static double Of(Backend backend, IEnumerable<Tensor> features) => Math.Max(Least, features.Average(map =>
    {
        int channels = map.Shape.Channels;
        double[] mean = new double[channels], covariance = new double[channels * channels];
        backend.Moments(map, mean, covariance);
        return Enumerable.Range(0, channels).Average(channel => covariance[channel * channels + channel]);
    }));
}
