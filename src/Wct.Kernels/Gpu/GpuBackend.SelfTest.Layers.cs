namespace Wct.Kernels.Gpu;

// The self-test's layers of other networks than VGG.
public partial class GpuBackend
{
    // A chain of convolutions with other kernels, strides and padding, from a picture to a picture. The sides aren't multiples of a tile's.
    private static float[] RunShapes(Backend backend)
    {
        const int Colors = 3, Channels = 20, Few = 12, Width = 22, Height = 18;
        Random random = new(5);
        ConvolutionShape strided = new(Channels, Few, 3) { Stride = 2, Padding = PaddingMode.Zero, Alignment = StrideAlignment.Same };
        ConvolutionShape transposed = new(Few, Channels, 5) { Stride = 2, Padding = PaddingMode.Zero, IsTransposed = true };
        ConvolutionShape[] chain =
        [
            new(Few, Colors, 9) { Padding = PaddingMode.Circular }, strided, new(Channels, Channels, 3) { Padding = PaddingMode.Zero },
            transposed, new(Colors, Few, 9),
        ];
        Tensor current = backend.Allocate(new TensorShape(Colors, Height, Width));
        try
        {
            backend.Write(Numbers(current.Shape.Length, 1), current);
            foreach (ConvolutionShape shape in chain)
            {
                float[] weights = Numbers(shape.WeightsLength, shape.InChannels * shape.Taps), bias = Numbers(shape.OutChannels, 1);
                using Convolution convolution = backend.PackConvolution(shape, weights, bias);
                Tensor next = backend.Allocate(shape.OutputOf(current.Shape)), last = current;
                current = next;
                using (last)
                    backend.Convolve(last, convolution, Activation.Relu, next);
            }

            return ReadNumbers(backend, current);
        }
        finally
        {
            current.Dispose();
        }

        float[] Numbers(long count, int divisor) => RandomNumbers(random, count, divisor);
    }

    // Instance normalization, activations, average pooling, and copies of channels.
    private static double[] RunLayers(Backend backend)
    {
        const int Channels = 9, First = 5, Count = 7;
        TensorShape shape = new(Channels, 11, 14);
        double[] mean = new double[Channels], variance = new double[Channels], factor = new double[Channels];
        using Tensor input = backend.Allocate(shape), normalized = backend.Allocate(shape), activated = backend.Allocate(shape);
        using Tensor both = backend.Allocate(shape.WithChannels(2 * Channels)), some = backend.Allocate(shape.WithChannels(Count));
        using Tensor pooled = backend.Allocate(some.Shape.Pooled);
        backend.Write(RandomNumbers(new Random(6), shape.Length, 1), input);
        backend.ChannelMoments(input, mean, variance);
        for (int c = 0; c < Channels; c++)
            factor[c] = (c + 1) / Math.Sqrt(variance[c]);
        backend.Normalize(input, mean, factor, variance, Activation.LeakyRelu(0.25f), normalized);
        backend.Activate(normalized, Activation.Tanh, activated);
        backend.Concatenate([normalized, activated], both);
        backend.Slice(both, First, some);
        backend.AveragePool(some, pooled);
        return [.. mean, .. variance, .. Doubles(ReadNumbers(backend, pooled))];
    }

    private static float[] RandomNumbers(Random random, long count, int divisor)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (random.NextSingle() - 0.4f) / divisor;
        return numbers;
    }
}
