namespace Wct.Kernels.Convolutions;

/// <summary>Convolution with stride 1, reflection padding, bias and activation.</summary>
internal static partial class Conv
{
    /// <summary>Scalar reference, summed in double precision.</summary>
    /// <param name="input">[I, H, W], planar.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="weights">[O, I, K, K].</param>
    /// <param name="bias">[O].</param>
    /// <param name="convolution">The convolution.</param>
    /// <param name="activation">Activation function.</param>
    /// <param name="output">[O, H, W], planar.</param>
    internal static void Reference(
        ReadOnlySpan<float> input, TensorShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        ConvolutionShape convolution, Activation activation, Span<float> output)
    {
        int size = convolution.KernelSize, reach = size / 2;
        for (int o = 0; o < convolution.OutChannels; o++)
        {
            for (int y = 0; y < shape.Height; y++)
            {
                for (int x = 0; x < shape.Width; x++)
                {
                    double sum = bias[o];
                    for (int i = 0; i < convolution.InChannels; i++)
                    {
                        for (int ky = 0; ky < size; ky++)
                        {
                            int row = Reflection.Index(y + ky - reach, shape.Height);
                            for (int kx = 0; kx < size; kx++)
                            {
                                int column = Reflection.Index(x + kx - reach, shape.Width);
                                double weight = weights[((o * convolution.InChannels + i) * size + ky) * size + kx];
                                sum += weight * input[(i * shape.Height + row) * shape.Width + column];
                            }
                        }
                    }

                    output[(o * shape.Height + y) * shape.Width + x] = (float)Apply(activation, sum);
                }
            }
        }
    }

    private static double Apply(Activation activation, double value) => activation switch
    {
        Activation.Relu => Math.Max(0, value),
        Activation.Clamp => Math.Clamp(value, 0, 1),
        _ => value,
    };
}
