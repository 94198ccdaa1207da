using Wct.Kernels;

namespace Wct.Training.Tasks;

/// <summary>Mean squared error of feature maps, and of their Gram matrices.</summary>
internal static class FeatureLoss
{
    /// <summary>weight·mean((actual - target)²) and its gradient.</summary>
    /// <param name="gradient">[C, h, w], the caller's.</param>
    internal static double Squared(Backend backend, Tensor actual, Tensor target, double weight, out Tensor gradient)
    {
        gradient = backend.Allocate(actual.Shape);
        double scale = weight / actual.Shape.Length;
        return scale * backend.SquaredError(actual, target, (float)(2 * scale), gradient);
    }

    /// <summary>The Gram matrix F·Fᵀ / (C·h·w).</summary>
    /// <param name="features">F: [C, h, w].</param>
    /// <returns>[C, C].</returns>
    /// <remarks>Gatys et al. 2015, equation 3, divided by the number of elements as in Johnson et al. 2016, equation 3.</remarks>
    internal static double[] Gram(Backend backend, Tensor features)
    {
        int channels = features.Shape.Channels, pixels = features.Shape.Pixels;
        double[] mean = new double[channels], gram = new double[channels * channels];
        backend.Moments(features, mean, gram);
        for (int i = 0; i < gram.Length; i++)
        {
            // Σ x·xᵀ from the covariance, which was divided by N - 1 after centering.
            double sum = gram[i] * Math.Max(1, pixels - 1) + mean[i / channels] * mean[i % channels] * pixels;
            gram[i] = sum / features.Shape.Length;
        }

        return gram;
    }

    /// <summary>weight·‖G(actual) - target‖², the squared Frobenius norm, and its gradient 4·weight/(C·h·w)·(G - target)·F.</summary>
    /// <param name="actual">F: [C, h, w].</param>
    /// <param name="target">A Gram matrix, [C, C].</param>
    /// <param name="gradient">[C, h, w], the caller's.</param>
    /// <remarks>Johnson et al. 2016, equation 4.</remarks>
    internal static double GramStyle(Backend backend, Tensor actual, double[] target, double weight, out Tensor gradient)
    {
        int channels = actual.Shape.Channels;
        double[] difference = Gram(backend, actual), none = new double[channels];
        double loss = 0, scale = 4 * weight / actual.Shape.Length;
        for (int i = 0; i < difference.Length; i++)
        {
            difference[i] -= target[i];
            loss += weight * difference[i] * difference[i];
            difference[i] *= scale;
        }

        gradient = backend.Allocate(actual.Shape);
        backend.Affine(actual, difference, none, none, gradient);
        return loss;
    }

    /// <summary>weight·(sum of squared differences of neighbors) / (C·H·W); the gradient is added.</summary>
    internal static double TotalVariation(Backend backend, Tensor image, double weight, Tensor gradient)
    {
        double scale = weight / image.Shape.Length;
        return scale * backend.TotalVariation(image, (float)scale, gradient);
    }
}
