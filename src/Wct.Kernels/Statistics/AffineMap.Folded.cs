using System.Buffers;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Statistics;

internal static partial class AffineMap
{
    /// <summary>Folds the affine map into the convolution that follows it. This is exact, because applying the map and padding
    /// by reflection can be exchanged.</summary>
    /// <param name="backend">Backend that packs the weights.</param>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="weights">[OutChannels, C, K, K].</param>
    /// <param name="bias">[OutChannels].</param>
    /// <param name="matrix">A: [C, C].</param>
    /// <param name="center">[C].</param>
    /// <param name="offset">[C].</param>
    internal static Convolution Folded(
        Backend backend, ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<double> matrix,
        ReadOnlySpan<double> center, ReadOnlySpan<double> offset)
    {
        int channels = shape.InChannels, taps = shape.Taps, rows = checked(shape.OutChannels * taps), length = checked(rows * channels);
        double[] rented = ArrayPool<double>.Shared.Rent(checked(2 * length + shape.OutChannels));
        Span<double> kernels = rented.AsSpan(0, length), products = rented.AsSpan(length, length),
            shifts = rented.AsSpan(2 * length, shape.OutChannels);
        float[] folded = ArrayPool<float>.Shared.Rent(length + shape.OutChannels);
        for (int o = 0; o < shape.OutChannels; o++)
        {
            shifts[o] = bias[o];
            for (int i = 0; i < channels; i++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    float weight = weights[(o * channels + i) * taps + tap];
                    kernels[i * rows + o * taps + tap] = weight;
                    shifts[o] += weight * offset[i];
                }
            }
        }

        TransposedProduct.Multiply(kernels, matrix, channels, rows, channels, products);
        for (int o = 0; o < shape.OutChannels; o++)
        {
            for (int i = 0; i < channels; i++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    // The bias uses the rounded weight, so that the center's contribution cancels exactly.
                    float weight = (float)products[(o * taps + tap) * channels + i];
                    folded[(o * channels + i) * taps + tap] = weight;
                    shifts[o] -= weight * center[i];
                }
            }

            folded[length + o] = (float)shifts[o];
        }

        Convolution result = backend.PackConvolution(shape, folded.AsSpan(0, length), folded.AsSpan(length, shape.OutChannels));
        ArrayPool<float>.Shared.Return(folded);
        ArrayPool<double>.Shared.Return(rented);
        return result;
    }
}
