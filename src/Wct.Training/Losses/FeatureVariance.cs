using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>The variance of a feature map, which normalizes squared errors.</summary>
internal static class FeatureVariance
{
    // Constant features have no variance, so errors are never divided by less than this.
    private const double Least = 1e-6;

    /// <summary>Returns the mean of the channels' variances over all pixels; at least 1e-6.</summary>
    /// <param name="backend">The backend of the features.</param>
    /// <param name="features">[C, h, w].</param>
    internal static double Of(Backend backend, Tensor features)
    {
        int channels = features.Shape.Channels;
        double[] mean = new double[channels], covariance = new double[channels * channels];
        backend.Moments(features, mean, covariance);
        return Math.Max(Least, Enumerable.Range(0, channels).Average(channel => covariance[channel * channels + channel]));
    }
}
