namespace Wct.Kernels.Tests.Contract;

/// <summary>Forward operations in double precision, for finite differences, which rounding in single precision would hide.</summary>
internal static class DoubleForward
{
    /// <summary>Convolves a copy of the input that has the padding, as frameworks do it; our definition pads by index.</summary>
    internal static double[] Convolve(double[] input, TensorShape shape, double[] weights, double[] bias, ConvolutionShape convolution)
    {
        if (convolution.IsTransposed)
            return ConvolveTransposed(input, shape, weights, bias, convolution);
        int size = convolution.KernelSize, stride = convolution.Stride;
        int height = (shape.Height + stride - 1) / stride, width = (shape.Width + stride - 1) / stride;
        int[] rows = Padded(convolution, shape.Height, height), columns = Padded(convolution, shape.Width, width);
        double[] output = new double[convolution.OutChannels * height * width];
        for (int at = 0; at < output.Length; at++)
        {
            int o = at / (height * width), y = at / width % height, x = at % width;
            output[at] = bias[o];
            for (int i = 0; i < convolution.InChannels; i++)
            {
                for (int tap = 0; tap < convolution.Taps; tap++)
                {
                    int row = rows[y * stride + tap / size], column = columns[x * stride + tap % size];
                    if (row >= 0 && column >= 0)
                        output[at] += weights[(o * convolution.InChannels + i) * convolution.Taps + tap]
                            * input[(i * shape.Height + row) * shape.Width + column];
                }
            }
        }

        return output;
    }

    // Adds each input's products to the outputs, and crops them.
    private static double[] ConvolveTransposed(
        double[] input, TensorShape shape, double[] weights, double[] bias, ConvolutionShape convolution)
    {
        int size = convolution.KernelSize, height = 2 * shape.Height, width = 2 * shape.Width;
        int before = convolution.Alignment == StrideAlignment.Same ? Math.Max(0, size - 2) / 2 : (size - 1) / 2;
        double[] output = [.. bias.SelectMany(value => Enumerable.Repeat(value, height * width))];
        for (int at = 0; at < input.Length; at++)
        {
            for (int w = 0; w < convolution.OutChannels * convolution.Taps; w++)
            {
                int i = at / shape.Pixels, o = w / convolution.Taps, tap = w % convolution.Taps;
                int y = at % shape.Pixels / shape.Width * 2 + tap / size - before, x = at % shape.Width * 2 + tap % size - before;
                if (y >= 0 && x >= 0 && y < height && x < width)
                    output[(o * height + y) * width + x] += input[at] * weights[(o * convolution.InChannels + i) * convolution.Taps + tap];
            }
        }

        return output;
    }

    // The indices of a padded side; -1 for zeros.
    private static int[] Padded(ConvolutionShape convolution, int length, int outputs)
    {
        int size = convolution.KernelSize, needed = (outputs - 1) * convolution.Stride + size;
        int before = convolution.Alignment == StrideAlignment.Same ? Math.Max(0, needed - length) / 2 : (size - 1) / 2;
        return [.. Enumerable.Range(-before, needed).Select(index =>
        {
            if (convolution.Padding == PaddingMode.Zero)
                return index >= 0 && index < length ? index : -1;
            while (length > 1 && convolution.Padding == PaddingMode.Reflect && (index < 0 || index >= length))
                index = index < 0 ? -index : 2 * (length - 1) - index;
            return (index % length + length) % length;
        })];
    }

    internal static double[] Pool(double[] input, TensorShape shape) => [.. Enumerable.Range(0, (int)shape.Pooled.Length).Select(at =>
    {
        TensorShape pooled = shape.Pooled;
        int start = at / pooled.Pixels * shape.Pixels + at % pooled.Pixels / pooled.Width * 2 * shape.Width + at % pooled.Width * 2;
        return Math.Max(Math.Max(input[start], input[start + 1]), Math.Max(input[start + shape.Width], input[start + shape.Width + 1]));
    })];

    internal static double[] AveragePool(double[] input, TensorShape shape) =>
        [.. Enumerable.Range(0, (int)shape.Pooled.Length).Select(at =>
    {
        TensorShape pooled = shape.Pooled;
        int c = at / pooled.Pixels, y = at / pooled.Width % pooled.Height * 2, x = at % pooled.Width * 2;
        return (from row in Enumerable.Range(y, Math.Min(2, shape.Height))
                from column in Enumerable.Range(x, Math.Min(2, shape.Width))
                select input[(c * shape.Height + row) * shape.Width + column]).Average();
    })];

    internal static double[] Activate(double[] input, Activation activation) => Array.ConvertAll(input, value => activation.Kind switch
    {
        ActivationKind.Relu => Math.Max(0, value),
        ActivationKind.Clamp => Math.Clamp(value, 0, 1),
        ActivationKind.Tanh => Math.Tanh(value),
        ActivationKind.LeakyRelu => Math.Max(value, activation.Slope * value),
        _ => value,
    });

    internal static double[] InstanceNormalize(double[] input, TensorShape shape, double epsilon, double[] scale, double[] shift) =>
        [.. input.Chunk(shape.Pixels).SelectMany((plane, c) =>
        {
            double mean = plane.Average(), variance = plane.Average(value => (value - mean) * (value - mean));
            return plane.Select(value => scale[c] * (value - mean) / Math.Sqrt(variance + epsilon) + shift[c]);
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
