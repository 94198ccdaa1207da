using Wct.Kernels;

namespace Wct.Net.Tests.Networks;

/// <summary>Layers in plain loops and doubles, written from the architecture's description only.</summary>
/// <param name="weights">The tensors of a checkpoint, by name.</param>
internal sealed class PlainNetwork(Func<string, float[]> weights)
{
    /// <summary>Reflection padding of half the kernel, and a convolution.</summary>
    internal PlainMap Conv(PlainMap input, string name, int kernel, int stride)
    {
        float[] weight = weights($"{name}.conv2d.weight"), bias = weights($"{name}.conv2d.bias");
        int reach = kernel / 2;
        PlainMap output = new(bias.Length, (input.Height + stride - 1) / stride, (input.Width + stride - 1) / stride);
        for (int o = 0; o < output.Channels; o++)
        {
            for (int y = 0; y < output.Height; y++)
            {
                for (int x = 0; x < output.Width; x++)
                {
                    double sum = bias[o];
                    for (int i = 0; i < input.Channels; i++)
                    {
                        for (int tap = 0; tap < kernel * kernel; tap++)
                        {
                            int row = Reflection.Index(y * stride + tap / kernel - reach, input.Height);
                            int column = Reflection.Index(x * stride + tap % kernel - reach, input.Width);
                            sum += weight[(o * input.Channels + i) * kernel * kernel + tap] * input[i, row, column];
                        }
                    }

                    output[o, y, x] = sum;
                }
            }
        }

        return output;
    }

    /// <summary>Instance normalization with ε = 1e-5.</summary>
    internal PlainMap Norm(PlainMap input, string name, bool relu)
    {
        float[] scale = weights($"{name}.weight"), shift = weights($"{name}.bias");
        PlainMap output = new(input.Channels, input.Height, input.Width);
        int pixels = input.Height * input.Width;
        for (int c = 0; c < input.Channels; c++)
        {
            double mean = 0, variance = 0;
            for (int i = 0; i < pixels; i++)
                mean += input[c, i / input.Width, i % input.Width] / pixels;
            for (int i = 0; i < pixels; i++)
                variance += Math.Pow(input[c, i / input.Width, i % input.Width] - mean, 2) / pixels;
            for (int i = 0; i < pixels; i++)
            {
                double value = scale[c] * (input[c, i / input.Width, i % input.Width] - mean) / Math.Sqrt(variance + 1e-5) + shift[c];
                output[c, i / input.Width, i % input.Width] = relu ? Math.Max(0, value) : value;
            }
        }

        return output;
    }
}

/// <summary>A map of doubles, [C, H, W].</summary>
internal sealed class PlainMap(int channels, int height, int width)
{
    private readonly double[] _values = new double[channels * height * width];

    internal int Channels => channels;

    internal int Height => height;

    internal int Width => width;

    internal double this[int channel, int row, int column]
    {
        get => _values[(channel * height + row) * width + column];
        set => _values[(channel * height + row) * width + column] = value;
    }

    /// <summary>A picture's bytes, 0 to 255.</summary>
    internal static PlainMap Of(PixelImage image)
    {
        PlainMap map = new(3, image.Height, image.Width);
        for (int i = 0; i < image.Bytes.Length; i++)
            map[i % 3, i / 3 / image.Width, i / 3 % image.Width] = image.Bytes[i];
        return map;
    }

    internal PlainMap Plus(PlainMap other)
    {
        PlainMap sum = new(channels, height, width);
        for (int i = 0; i < _values.Length; i++)
            sum._values[i] = _values[i] + other._values[i];
        return sum;
    }

    internal PlainMap Doubled()
    {
        PlainMap doubled = new(channels, 2 * height, 2 * width);
        for (int i = 0; i < doubled._values.Length; i++)
        {
            int column = i % (2 * width), row = i / (2 * width) % (2 * height), channel = i / (4 * width * height);
            doubled._values[i] = this[channel, row / 2, column / 2];
        }

        return doubled;
    }
}
