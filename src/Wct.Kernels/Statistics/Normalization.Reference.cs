namespace Wct.Kernels.Statistics;

/// <summary>Normalization with numbers per channel, and the gradient of instance normalization.</summary>
internal static partial class Normalization
{
    /// <summary>Scalar reference: activation(factor·(x - center) + offset). The output may be the input.</summary>
    /// <param name="input">[C, pixels], planar.</param>
    /// <param name="pixels">Pixels per channel.</param>
    /// <param name="center">[C].</param>
    /// <param name="factor">[C].</param>
    /// <param name="offset">[C].</param>
    /// <param name="activation">Activation function.</param>
    /// <param name="output">[C, pixels], planar.</param>
    internal static void Reference(
        ReadOnlySpan<float> input, int pixels, ReadOnlySpan<double> center, ReadOnlySpan<double> factor, ReadOnlySpan<double> offset,
        Activation activation, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            int c = i / pixels;
            output[i] = (float)activation.Apply(factor[c] * (input[i] - center[c]) + offset[c]);
        }
    }

    /// <summary>Scalar reference of the gradient of scale·(x - mean)/√(variance + ε) + shift, where mean and variance are those of
    /// x.</summary>
    /// <param name="input">x: [C, pixels], planar.</param>
    /// <param name="pixels">Pixels per channel.</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C].</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="scale">[C].</param>
    /// <param name="outputGradient">[C, pixels], planar.</param>
    /// <param name="inputGradient">[C, pixels], planar.</param>
    /// <param name="scaleGradient">[C]; the gradient is added.</param>
    /// <param name="shiftGradient">[C]; the gradient is added.</param>
    internal static void ReferenceGradient(
        ReadOnlySpan<float> input, int pixels, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double epsilon,
        ReadOnlySpan<float> scale, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> scaleGradient,
        Span<float> shiftGradient)
    {
        for (int c = 0; c < mean.Length; c++)
        {
            double inverse = 1 / Math.Sqrt(variance[c] + epsilon), sum = 0, product = 0;
            for (int i = c * pixels; i < (c + 1) * pixels; i++)
            {
                sum += outputGradient[i];
                product += outputGradient[i] * ((input[i] - mean[c]) * inverse);
            }

            for (int i = c * pixels; i < (c + 1) * pixels; i++)
            {
                double normalized = (input[i] - mean[c]) * inverse;
                inputGradient[i] = (float)(scale[c] * inverse * (outputGradient[i] - sum / pixels - normalized * product / pixels));
            }

            scaleGradient[c] += (float)product;
            shiftGradient[c] += (float)sum;
        }
    }
}
