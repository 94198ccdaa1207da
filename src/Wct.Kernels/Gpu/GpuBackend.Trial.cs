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

    // A picture there and back: all kernels of a stylisation, of whole pictures and of tiles, on sides that are no multiples of a tile's, but even,
    // so that pooling and enlarging give the size back.
    private static double[] Trial(Backend backend)
    {
        const int Width = 22, Height = 18, Channels = 20;
        Random random = new(1);
        byte[] pixels = new byte[3 * Width * Height];
        random.NextBytes(pixels);
        using Tensor picture = backend.Allocate(new TensorShape(3, Height, Width)), features = backend.Allocate(new TensorShape(Channels, Height, Width));
        using Tensor pooled = backend.Allocate(features.Shape.Pooled), mapped = backend.Allocate(pooled.Shape);
        backend.LoadPixels(pixels, Width, Height, 3 * Width, PixelLayout.Rgb, picture);
        // Pixels that come back as they were don't hang on how a device rounds.
        byte[] stored = new byte[pixels.Length];
        backend.StorePixels(picture, stored, Width, Height, 3 * Width, PixelLayout.Rgb);
        float[] kept = Kept(backend, picture);
        Layer(3, Channels, 3, picture, Fusion.None, features);
        Layer(Channels, Channels, 3, features, Fusion.PoolOutput, pooled);
        double[] mean = new double[Channels], covariance = new double[Channels * Channels];
        backend.Moments(features, mean, covariance);
        float[] resized = Resized(backend, features);
        Layer(Channels, Channels, 1, pooled, Fusion.None, mapped);
        Layer(Channels, Channels, 3, mapped, Fusion.UpsampleInput, features);
        Layer(Channels, 3, 3, features, Fusion.None, picture);
        float[] result = Numbers(backend, picture);
        return [.. stored.Select(value => value / 255.0), .. kept, .. mean, .. covariance, .. resized, .. result];

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

    // What tiles do to a picture between levels: a part of it is kept, comes back, and is copied into another.
    private static float[] Kept(Backend backend, Tensor picture)
    {
        const int Height = 9, Width = 13, Shift = 2;
        using PackedPicture packed = backend.AllocatePacked(Height + Shift, Width + Shift);
        using Tensor part = backend.Allocate(new TensorShape(picture.Shape.Channels, Height, Width)), copy = backend.Allocate(picture.Shape);
        backend.Pack(picture, new Region(3, 5, Height, Width), packed, Shift, Shift);
        backend.Unpack(packed, Shift, Shift, part);
        backend.Copy(picture, Region.Of(picture.Shape), copy, 0, 0);
        backend.Copy(part, new Region(1, 2, Height - 1, Width - 2), copy, 4, 3);
        return Numbers(backend, copy);
    }

    private static float[] Resized(Backend backend, Tensor features)
    {
        using Tensor small = backend.Allocate(features.Shape.Pooled), large = backend.Allocate(features.Shape);
        backend.MaxPool(features, small);
        backend.Upsample(small, large);
        return Numbers(backend, large);
    }

    private static float[] Numbers(Backend backend, Tensor tensor)
    {
        float[] numbers = new float[tensor.Shape.Length];
        backend.Read(tensor, numbers);
        return numbers;
    }
}
