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
    /// <param name="features">[C, h, w], after ReLU, not centered.</param>
    /// <exception cref="InvalidDataException">The features are so large that their covariance is no number: the weights are at fault.</exception>
    public static FeatureMoments Of(Backend backend, Tensor features)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(features);
        int channels = features.Shape.Channels;
        double[] mean = new double[channels], covariance = new double[channels * channels];
        Measure(backend, features, mean, covariance);
        return new FeatureMoments(mean, covariance);
    }

    /// <exception cref="InvalidDataException">A moment is no number.</exception>
    internal static FeatureMoments Checked(double[] mean, double[] covariance, string of)
    {
        Check(mean, covariance, of);
        return new FeatureMoments(mean, covariance);
    }

    /// <summary>The same into memory of the caller's.</summary>
    /// <param name="mean">[C].</param>
    /// <param name="covariance">[C, C].</param>
    internal static void Measure(Backend backend, Tensor features, Span<double> mean, Span<double> covariance)
    {
        backend.Moments(features, mean, covariance);
        Check(mean, covariance, features.Shape);
    }

    /// <summary>Refuses a picture with a pixel that is no number: features overflowed on the way to it.</summary>
    /// <param name="image">[3, H, W], clamped to 0..1.</param>
    /// <exception cref="InvalidDataException">A pixel is no number.</exception>
    internal static void CheckPicture(Backend backend, Tensor image)
    {
        const int Channels = 3;
        Span<double> mean = stackalloc double[Channels], covariance = stackalloc double[Channels * Channels];
        Measure(backend, image, mean, covariance);
    }

    private static void Check<T>(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, T of)
    {
        if (!AllFinite(mean) || !AllFinite(covariance))
            throw Overflow($"features of {of}");
    }

    /// <summary>The exception for numbers that single precision can't hold.</summary>
    internal static InvalidDataException Overflow(string what) =>
        new($"The {what} overflow: these weights, or this style's numbers, are too large.");

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }
}
