using Wct.Kernels.Reference;

namespace Wct.Kernels.Gpu;

// Whether a device computes what it should.
public sealed partial class GpuBackend
{
    // Sums of floats in other orders; what a wrong driver gives is off by far more.
    private const double TrialLimit = 1e-8;

    /// <summary>Runs small layers of each kind here and by the definition: drivers differ, and a wrong picture is worse than none.</summary>
    /// <exception cref="GpuException">The results differ, or the driver refuses.</exception>
    public void Try()
    {
        using ReferenceBackend reference = new();
        double[] expected = Trial(reference), actual = Trial(this);
        double error = 0, energy = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            energy += expected[i] * expected[i];
        }

        // No number at all isn't within the limit either.
        if (!(error <= TrialLimit * energy))
            throw new GpuException(FormattableString.Invariant($"{Device} computes wrongly: a trial is off by {error / energy:g2} of its energy."));
    }

    // A picture there and back: all kernels of a stylisation, on sides that are no multiples of a tile's, but even, so that pooling and enlarging give the size back.
    private static double[] Trial(Backend backend)
    {
        const int Width = 22, Height = 18, Channels = 20;
        Random random = new(1);
        byte[] pixels = new byte[3 * Width * Height];
        random.NextBytes(pixels);
        using Tensor picture = backend.Allocate(new TensorShape(3, Height, Width)), features = backend.Allocate(new TensorShape(Channels, Height, Width));
        using Tensor pooled = backend.Allocate(features.Shape.Pooled), mapped = backend.Allocate(pooled.Shape);
        backend.LoadPixels(pixels, Width, Height, 3 * Width, PixelLayout.Rgb, picture);
        Layer(3, Channels, 3, picture, Fusion.None, features);
        Layer(Channels, Channels, 3, features, Fusion.PoolOutput, pooled);
        double[] mean = new double[Channels], covariance = new double[Channels * Channels];
        backend.Moments(pooled, mean, covariance);
        Layer(Channels, Channels, 1, pooled, Fusion.None, mapped);
        Layer(Channels, Channels, 3, mapped, Fusion.UpsampleInput, features);
        Layer(Channels, 3, 3, features, Fusion.None, picture);
        float[] result = new float[picture.Shape.Length];
        backend.Read(picture, result);
        return [.. mean, .. covariance, .. result];

        void Layer(int inChannels, int outChannels, int size, Tensor input, Fusion fusion, Tensor output)
        {
            ConvolutionShape shape = new(outChannels, inChannels, size);
            float[] weights = new float[shape.WeightsLength], bias = new float[outChannels];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = (random.NextSingle() - 0.4f) / (inChannels * shape.Taps);
            using Convolution convolution = backend.Prepare(shape, weights, bias);
            backend.Convolve(input, convolution, Activation.Relu, output, fusion);
        }
    }
}
