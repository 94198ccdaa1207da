namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Gradients of a convolution.</summary>
internal static partial class ConvGradient
{
    /// <summary>Scalar reference of the input gradient, summed in double precision: each product of the forward pass adds to the gradient
    /// of the pixel that it read.</summary>
    /// <param name="outputGradient">[O, H', W'], planar.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="weights">The forward convolution's: [O, I, K, K].</param>
    /// <param name="convolution">Shape of the forward convolution.</param>
    /// <param name="inputGradient">[I, H, W], planar.</param>
    internal static void ReferenceInput(
        ReadOnlySpan<float> outputGradient, TensorShape shape, ReadOnlySpan<float> weights, ConvolutionShape convolution,
        Span<float> inputGradient)
    {
        double[] sums = new double[inputGradient.Length];
        foreach (Product product in Products(shape, convolution))
            sums[product.Input] += (double)weights[product.Weight] * outputGradient[product.Output];
        for (int i = 0; i < sums.Length; i++)
            inputGradient[i] = (float)sums[i];
    }

    /// <summary>Scalar reference of the weight and bias gradients, summed in double precision and added to the values in
    /// <paramref name="weights"/> and <paramref name="bias"/>.</summary>
    /// <param name="input">[I, H, W], planar.</param>
    /// <param name="outputGradient">[O, H', W'], planar.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="convolution">Shape of the forward convolution.</param>
    /// <param name="weights">[O, I, K, K].</param>
    /// <param name="bias">[O].</param>
    internal static void ReferenceWeights(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, TensorShape shape, ConvolutionShape convolution, Span<float> weights,
        Span<float> bias)
    {
        double[] sums = new double[weights.Length], biases = new double[bias.Length];
        int pixels = convolution.OutputOf(shape).Pixels;
        foreach (Product product in Products(shape, convolution))
            sums[product.Weight] += (double)input[product.Input] * outputGradient[product.Output];
        for (int i = 0; i < outputGradient.Length; i++)
            biases[i / pixels] += outputGradient[i];
        for (int i = 0; i < sums.Length; i++)
            weights[i] += (float)sums[i];
        for (int i = 0; i < biases.Length; i++)
            bias[i] += (float)biases[i];
    }

    /// <summary>Transposes weights, so that a convolution with them gives the input gradient: [I, O, K, K], with flipped kernels.</summary>
    /// <param name="shape">Shape of the forward convolution.</param>
    /// <param name="weights">[O, I, K, K].</param>
    internal static float[] Transpose(ConvolutionShape shape, ReadOnlySpan<float> weights) => Exchange(shape, weights, flip: true);

    /// <summary>Exchanges input and output channels: [I, O, K, K].</summary>
    /// <param name="shape">Shape of the forward convolution.</param>
    /// <param name="weights">[O, I, K, K].</param>
    /// <param name="flip">Whether to flip the kernels too.</param>
    internal static float[] Exchange(ConvolutionShape shape, ReadOnlySpan<float> weights, bool flip)
    {
        float[] transposed = new float[weights.Length];
        for (int o = 0; o < shape.OutChannels; o++)
        {
            for (int i = 0; i < shape.InChannels; i++)
            {
                for (int tap = 0; tap < shape.Taps; tap++)
                {
                    int target = flip ? shape.Taps - 1 - tap : tap;
                    transposed[(i * shape.OutChannels + o) * shape.Taps + target] = weights[(o * shape.InChannels + i) * shape.Taps + tap];
                }
            }
        }

        return transposed;
    }

    // The indices of the input, weight and output of each product of the forward pass.
    private static IEnumerable<Product> Products(TensorShape shape, ConvolutionShape convolution)
    {
        TensorShape result = convolution.OutputOf(shape);
        int size = convolution.KernelSize;
        for (int o = 0; o < convolution.OutChannels; o++)
        {
            for (int i = 0; i < convolution.InChannels; i++)
            {
                for (int tap = 0; tap < convolution.Taps; tap++)
                {
                    for (int pixel = 0; pixel < result.Pixels; pixel++)
                    {
                        int row = Conv.InputIndex(convolution, pixel / result.Width, tap / size, shape.Height, result.Height);
                        int column = Conv.InputIndex(convolution, pixel % result.Width, tap % size, shape.Width, result.Width);
                        if (row < 0 || column < 0)
                            continue;
                        yield return new Product(
                            (i * shape.Height + row) * shape.Width + column, (o * convolution.InChannels + i) * convolution.Taps + tap,
                            o * result.Pixels + pixel);
                    }
                }
            }
        }
    }

    private readonly record struct Product(int Input, int Weight, int Output);
}
