using System.Buffers;

namespace Wct.Kernels.Statistics;

internal static partial class AffineMap
{
    /// <summary>Packs the map as a 1x1 convolution: A·(x - center) + offset = A·x + (offset - A·center).</summary>
    internal static Convolution AsConvolution(
        Backend backend, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset)
    {
        int channels = center.Length;
        float[] rented = ArrayPool<float>.Shared.Rent(matrix.Length + channels);
        Span<float> weights = rented.AsSpan(0, matrix.Length), bias = rented.AsSpan(matrix.Length, channels);
        for (int i = 0; i < channels; i++)
        {
            double shift = offset[i];
            for (int j = 0; j < channels; j++)
            {
                // The bias uses the rounded weight, so that the center's contribution cancels exactly.
                float weight = (float)matrix[i * channels + j];
                weights[i * channels + j] = weight;
                shift -= weight * center[j];
            }

            bias[i] = (float)shift;
        }

        Convolution map = backend.PackConvolution(new ConvolutionShape(channels, channels, 1), weights, bias);
        ArrayPool<float>.Shared.Return(rented);
        return map;
    }
}
