using Wct.Kernels;

namespace Wct.Net.Transforms;

/// <summary>Mean and covariance of a feature map over its pixels.</summary>
/// <param name="Mean">[C].</param>
/// <param name="Covariance">[C, C], symmetric, divided by N - 1.</param>
public sealed record FeatureMoments(double[] Mean, double[] Covariance)
{
    /// <summary>Channels.</summary>
    public int Channels => Mean.Length;

    /// <summary>Measures a feature map.</summary>
    /// <param name="features">[C, h, w], after ReLU, not centred.</param>
    public static FeatureMoments Of(Backend backend, Tensor features)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(features);
        int channels = features.Shape.Channels;
        FeatureMoments moments = new(new double[channels], new double[channels * channels]);
        backend.Moments(features, moments.Mean, moments.Covariance);
        return moments;
    }
}
