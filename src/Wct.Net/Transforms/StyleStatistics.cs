using Wct.Kernels;

namespace Wct.Net.Transforms;

/// <summary>All that the transform needs to know of a style at one level.</summary>
/// <param name="Level">1 to 5.</param>
/// <param name="Mean">[C].</param>
/// <param name="Colouring">The covariance's square root and its rank.</param>
public sealed record StyleStatistics(int Level, double[] Mean, SymmetricPower Colouring)
{
    /// <summary>Prepares a style's moments.</summary>
    public static StyleStatistics Of(int level, FeatureMoments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        return new StyleStatistics(level, moments.Mean, SymmetricPower.Of(moments.Covariance, moments.Channels, 0.5));
    }

    /// <summary>Measures a style's features, [C, h, w].</summary>
    internal static StyleStatistics Of(int level, Backend backend, Tensor features)
    {
        int channels = features.Shape.Channels;
        double[] mean = new double[channels], colouring = new double[channels * channels];
        FeatureMoments.Measure(backend, features, mean, colouring);
        return new StyleStatistics(level, mean, new SymmetricPower(colouring, SymmetricPower.Raise(colouring, channels, 0.5, colouring)));
    }
}
