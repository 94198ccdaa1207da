namespace Wct.Kernels.Convolutions;

/// <summary>Convolution with bias and activation.</summary>
internal static partial class Conv
{
    /// <summary>Scalar reference, summed in double precision.</summary>
    /// <param name="input">[I, H, W], planar.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="weights">[O, I, K, K].</param>
    /// <param name="bias">[O].</param>
    /// <param name="convolution">The convolution.</param>
    /// <param name="activation">Activation function.</param>
    /// <param name="output">[O, H', W'], planar; <see cref="ConvolutionShape.OutputOf"/> gives its sides.</param>
    internal static void Reference(
        ReadOnlySpan<float> input, TensorShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        ConvolutionShape convolution, Activation activation, Span<float> output)
    {
        TensorShape result = convolution.OutputOf(shape);
        int size = convolution.KernelSize;
        for (int o = 0; o < convolution.OutChannels; o++)
        {
            for (int y = 0; y < result.Height; y++)
            {
                for (int x = 0; x < result.Width; x++)
                {
                    double sum = bias[o];
                    for (int i = 0; i < convolution.InChannels; i++)
                    {
                        for (int ky = 0; ky < size; ky++)
                        {
                            int row = InputIndex(convolution, y, ky, shape.Height, result.Height);
                            for (int kx = 0; row >= 0 && kx < size; kx++)
                            {
                                int column = InputIndex(convolution, x, kx, shape.Width, result.Width);
                                if (column < 0)
                                    continue;
                                double weight = weights[((o * convolution.InChannels + i) * size + ky) * size + kx];
                                sum += weight * input[(i * shape.Height + row) * shape.Width + column];
                            }
                        }
                    }

                    output[(o * result.Height + y) * result.Width + x] = (float)activation.Apply(sum);
                }
            }
        }
    }

    /// <summary>The row that a kernel row of an output row reads, or the same for columns; -1 for none or a zero.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="index">Row of the output.</param>
    /// <param name="tap">Row of the kernel.</param>
    /// <param name="input">Rows of the input.</param>
    /// <param name="output">Rows of the output.</param>
    internal static int InputIndex(ConvolutionShape convolution, int index, int tap, int input, int output)
    {
        if (!convolution.IsTransposed)
            return PaddingIndex.Of(convolution.Padding, index * convolution.Stride + tap - convolution.Before(input), input);
        // Input i adds to output 2·i + tap - before.
        int twice = index - tap + convolution.Before(output);
        return twice % 2 == 0 && twice >= 0 && twice / 2 < input ? twice / 2 : -1;
    }
}
