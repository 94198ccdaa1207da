using Wct.Net.Transforms;

namespace Wct.Net.Colors;

/// <summary>Gives a style's colors the mean and covariance of the content's colors.</summary>
/// <remarks>Gatys et al., "Preserving Color in Neural Artistic Style Transfer", 2016, with symmetric roots:
/// A = Cc^(1/2)·Cs^(-1/2). Eigenvalues up to <see cref="SymmetricPower.SmallestEigenvalue"/> are dropped in both.</remarks>
internal static class LinearRecoloring
{
    /// <summary>The map of the style's colors, which are in 0..1. Its results may lie outside and must be clamped.</summary>
    /// <param name="style">Colors of the style.</param>
    /// <param name="content">Colors of the content. If it has no visible pixel, the map is the identity.</param>
    /// <param name="strength">In [0, 1]: strength·map + (1 - strength)·identity. 0 gives a map that changes no bit.</param>
    internal static AffineMap Map(ColorStatistics style, ColorStatistics content, double strength)
    {
        const int Channels = RgbRow.Channels;
        double[] center = style.Mean;
        if (strength == 0 || content.Pixels == 0)
            return AffineMap.Scale(1, new double[Channels]);
        double[] whitening = style.Covariance, coloring = content.Covariance, matrix = new double[Channels * Channels];
        SymmetricPower.Raise(whitening, Channels, -0.5, whitening, eigensolver: null);
        SymmetricPower.Raise(coloring, Channels, 0.5, coloring, eigensolver: null);
        for (int i = 0; i < Channels; i++)
        {
            for (int j = 0; j < Channels; j++)
            {
                for (int k = 0; k < Channels; k++)
                    matrix[i * Channels + j] += coloring[i * Channels + k] * whitening[k * Channels + j];
            }
        }

        return new AffineMap(matrix, center, content.Mean).Blend(strength);
    }
}
