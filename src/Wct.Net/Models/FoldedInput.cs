namespace Wct.Net.Models;

/// <summary>Folds an encoder's 1x1 input convolution into the 3x3 convolution after it.</summary>
internal static class FoldedInput
{
    /// <summary>The weights of an encoder whose input convolution is folded into conv1_1, for its table after that
    /// convolution.</summary>
    internal static NetworkWeights Of(EncoderWeights encoder) => new(
        [Fold(encoder.Convolutions[0], encoder.Convolutions[1]), .. encoder.Convolutions.Skip(2)]);

    /// <summary>W'[o, i, tap] = Σm W[o, m, tap]·W0[m, i]; b'[o] = b[o] + Σm,tap W[o, m, tap]·b0[m]. Exact under reflection
    /// padding.</summary>
    /// <param name="input">[M, I, 1, 1].</param>
    /// <param name="convolution">[O, M, 3, 3].</param>
    /// <exception cref="ArgumentException">A product overflows single precision; the message names both layers.</exception>
    internal static ConvolutionWeights Fold(ConvolutionWeights input, ConvolutionWeights convolution)
    {
        int taps = convolution.KernelSize * convolution.KernelSize, middle = input.OutChannels, channels = input.InChannels;
        ReadOnlySpan<float> inner = input.Weights.Span, outer = convolution.Weights.Span;
        float[] weights = new float[convolution.OutChannels * channels * taps], bias = new float[convolution.OutChannels];
        for (int o = 0; o < convolution.OutChannels; o++)
        {
            double shift = convolution.Bias.Span[o];
            for (int tap = 0; tap < taps; tap++)
            {
                for (int m = 0; m < middle; m++)
                    shift += (double)outer[(o * middle + m) * taps + tap] * input.Bias.Span[m];
                for (int i = 0; i < channels; i++)
                {
                    double sum = 0;
                    for (int m = 0; m < middle; m++)
                        sum += (double)outer[(o * middle + m) * taps + tap] * inner[m * channels + i];
                    weights[(o * channels + i) * taps + tap] = (float)sum;
                }
            }

            bias[o] = (float)shift;
        }

        CheckFinite(weights, "weights");
        CheckFinite(bias, "bias");

        return new ConvolutionWeights(convolution.Name, convolution.OutChannels, channels, convolution.KernelSize, weights, bias);

        void CheckFinite(float[] values, string what)
        {
            int at = Array.FindIndex(values, value => !float.IsFinite(value));
            if (at >= 0)
                throw new ArgumentException(
                    $"{input.Name} folded into {convolution.Name}: element {at} of the {what} overflows single precision; these weights "
                        + "are too large.");
        }
    }
}
