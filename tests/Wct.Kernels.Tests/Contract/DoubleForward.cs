namespace Wct.Kernels.Tests.Contract;

/// <summary>Forward operations in double precision, for finite differences, which rounding in single precision would hide.</summary>
internal static class DoubleForward
{
    internal static double[] Convolve(double[] input, TensorShape shape, double[] weights, double[] bias, ConvolutionShape convolution)
    {
        double[] output = new double[convolution.OutChannels * shape.Pixels];
        int size = convolution.KernelSize;
        for (int at = 0; at < output.Length; at++)
        {
            int o = at / shape.Pixels, y = at % shape.Pixels / shape.Width, x = at % shape.Width;
            output[at] = bias[o];
            for (int i = 0; i < convolution.InChannels; i++)
            {
                for (int tap = 0; tap < convolution.Taps; tap++)
                {
                    int row = Reflection.Index(y + tap / size - size / 2, shape.Height),
                        column = Reflection.Index(x + tap % size - size / 2, shape.Width);
                    output[at] += weights[(o * convolution.InChannels + i) * convolution.Taps
                        + tap] * input[(i * shape.Height + row) * shape.Width + column];
                }
            }
        }

        return output;
    }

    internal static double[] Pool(double[] input, TensorShape shape) => [.. Enumerable.Range(0, (int)shape.Pooled.Length).Select(at =>
    {
        TensorShape pooled = shape.Pooled;
        int start = at / pooled.Pixels * shape.Pixels + at % pooled.Pixels / pooled.Width * 2 * shape.Width + at % pooled.Width * 2;
        return Math.Max(Math.Max(input[start], input[start + 1]), Math.Max(input[start + shape.Width], input[start + shape.Width + 1]));
    })];

    internal static double[] Upsample(double[] input, TensorShape shape) =>
        [.. Enumerable.Range(0, (int)shape.Upsampled.Length).Select(at =>
    {
        int wide = 2 * shape.Width, row = at / wide;
        return input[(row / (2 * shape.Height) * shape.Height + row % (2 * shape.Height) / 2) * shape.Width + at % wide / 2];
    })];

    internal static double Variation(double[] image, TensorShape shape)
    {
        double sum = 0;
        for (int at = 0; at < image.Length; at++)
        {
            if (at % shape.Width + 1 < shape.Width)
                sum += Math.Pow(image[at + 1] - image[at], 2);
            if (at / shape.Width % shape.Height + 1 < shape.Height)
                sum += Math.Pow(image[at + shape.Width] - image[at], 2);
        }

        return sum;
    }
}
