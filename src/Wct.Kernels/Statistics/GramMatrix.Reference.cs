namespace Wct.Kernels.Statistics;

/// <summary>The Gram matrix F·Fᵀ of a feature map.</summary>
internal static partial class GramMatrix
{
    /// <summary>Scalar reference, in double precision.</summary>
    /// <param name="features">F: [C, H, W], planar.</param>
    /// <param name="shape">Shape of the features.</param>
    /// <param name="gram">[C, C].</param>
    internal static void Reference(ReadOnlySpan<float> features, TensorShape shape, Span<double> gram)
    {
        int channels = shape.Channels, pixels = shape.Pixels;
        for (int i = 0; i < channels; i++)
        {
            for (int j = i; j < channels; j++)
            {
                double sum = 0;
                for (int p = 0; p < pixels; p++)
                    sum += (double)features[i * pixels + p] * features[j * pixels + p];
                gram[i * channels + j] = gram[j * channels + i] = sum;
            }
        }
    }
}
