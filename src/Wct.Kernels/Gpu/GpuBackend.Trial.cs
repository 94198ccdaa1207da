using Wct.Kernels.Reference;

namespace Wct.Kernels.Gpu;

// A trial: small layers, compared with the scalar reference.
public partial class GpuBackend
{
    // Right results differ only in the order of sums. Wrong drivers are off by far more.
    private const double TrialLimit = 1e-8;

    /// <summary>Runs a small layer of each kind on the device and on the scalar reference, to detect wrong drivers.</summary>
    /// <exception cref="GpuException">The results differ, or the driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The backend was disposed of.</exception>
    public void Try()
    {
        using ReferenceBackend reference = new();
        bool tensorCores = _precision != ConvolutionPrecision.Single, roots = RootsFrom != int.MaxValue;
        foreach ((TrialPart expected, TrialPart actual) in Trial(reference, tensorCores, roots).Zip(Trial(this, tensorCores, roots)))
        {
            double error = 0, energy = 0;
            for (int i = 0; i < expected.Numbers.Length; i++)
            {
                error += (actual.Numbers[i] - expected.Numbers[i]) * (actual.Numbers[i] - expected.Numbers[i]);
                energy += expected.Numbers[i] * expected.Numbers[i];
            }

            // The negated comparison also rejects NaN.
            if (!(error <= TrialLimit * energy))
            {
                string difference = FormattableString.Invariant($"a trial of {expected.Name} is off by {error / energy:g2} of its energy");
                throw new GpuException($"{Device} computes wrongly: {difference}.");
            }
        }
    }

    // All kernels of a stylization, of whole pictures and of tiles. The sides are no multiples of a tile's, but even, so that pooling and
    // upsampling give the size back.
    private static List<TrialPart> Trial(Backend backend, bool tensorCores, bool roots)
    {
        const int Width = 22, Height = 18, Channels = 20;
        Random random = new(1);
        byte[] pixels = new byte[3 * Width * Height];
        random.NextBytes(pixels);
        using Tensor picture = backend.Allocate(new TensorShape(3, Height, Width));
        using Tensor features = backend.Allocate(new TensorShape(Channels, Height, Width));
        using Tensor pooled = backend.Allocate(features.Shape.Pooled), mapped = backend.Allocate(pooled.Shape);
        backend.LoadPixels(pixels, Width, Height, 3 * Width, PixelLayout.Rgb24, picture);
        // Pixels that are stored unchanged don't depend on how a device rounds.
        byte[] stored = new byte[pixels.Length];
        backend.StorePixels(picture, stored, Width, Height, 3 * Width, PixelLayout.Rgb24);
        float[] kept = Kept(backend, picture);
        Layer(3, Channels, 3, picture, Fusion.None, features);
        Layer(Channels, Channels, 3, features, Fusion.PoolOutput, pooled);
        double[] mean = new double[Channels], covariance = new double[Channels * Channels];
        backend.Moments(features, mean, covariance);
        double[] weighted = Weighted(backend, features);
        float[] resized = Resized(backend, features);
        Layer(Channels, Channels, 1, pooled, Fusion.None, mapped);
        Layer(Channels, Channels, 3, mapped, Fusion.UpsampleInput, features);
        Layer(Channels, 3, 3, features, Fusion.None, picture);
        float[] result = Numbers(backend, picture);
        List<TrialPart> parts =
        [
            new("bytes", [.. stored.Select(value => value / 255.0)]), new("regions", Doubles(kept)), new("means", mean),
            new("covariances", covariance), new("weighted moments", weighted), new("pooling", Doubles(resized)),
            new("layers", Doubles(result)), new("repeats", Doubles(Repeated(backend))),
        ];
        if (roots)
            parts.Add(new("inverse roots", Root(backend)));
        if (tensorCores)
            parts.Add(new("tensor cores", Doubles(WideLayer(backend))));
        return parts;

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

    // A layer for the tensor cores, of numbers that every precision represents exactly, so that only the order of the sums may differ.
    private static float[] WideLayer(Backend backend)
    {
        const int InChannels = 32, OutChannels = 64, Side = 9;
        ConvolutionShape shape = new(OutChannels, InChannels, 3);
        Random random = new(2);
        float[] weights = Numbers(shape.WeightsLength), bias = Numbers(OutChannels);
        using Tensor input = backend.Allocate(new TensorShape(InChannels, Side, Side));
        using Tensor output = backend.Allocate(input.Shape.Upsampled.WithChannels(OutChannels));
        using Tensor pooled = backend.Allocate(input.Shape.Pooled.WithChannels(OutChannels));
        backend.Write(Numbers((int)input.Shape.Length), input);
        using Convolution convolution = backend.Prepare(shape, weights, bias);
        backend.Convolve(input, convolution, Activation.Relu, pooled, Fusion.PoolOutput);
        backend.Convolve(input, convolution, Activation.None, output, Fusion.UpsampleInput);
        return [.. GpuBackend.Numbers(backend, output), .. GpuBackend.Numbers(backend, pooled)];

        float[] Numbers(int count)
        {
            const int Size = 64;
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++)
                numbers[i] = random.Next(-Size, Size) / 256f;
            return numbers;
        }
    }

    // The inverse root of a matrix with a condition number of about 1e4.
    private static double[] Root(Backend backend)
    {
        const int Size = 40;
        Random random = new(3);
        double[] numbers = new double[Size * Size], matrix = new double[Size * Size], product = new double[Size * Size];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = random.NextDouble() - 0.5;
        for (int i = 0; i < numbers.Length; i++)
        {
            matrix[i] = i / Size == i % Size ? 1e-3 : 0;
            for (int k = 0; k < Size; k++)
                matrix[i] += numbers[i / Size * Size + k] * numbers[i % Size * Size + k];
        }

        // If the device declines, the product stays zero and the trial fails.
        _ = backend.TryInverseRoot(matrix, numbers, Size, 1e-5, product);
        return product;
    }

    // Two layers, repeated until a driver that records launches replays them. The numbers differ each time, so that old results are wrong.
    private static float[] Repeated(Backend backend)
    {
        const int Times = 3, Channels = 8, Side = 6;
        Random random = new(3);
        ConvolutionShape shape = new(Channels, Channels, 3);
        TensorShape map = new(Channels, Side, Side);
        using Convolution convolution = backend.Prepare(shape, Numbers(shape.WeightsLength), Numbers(Channels));
        using Tensor input = backend.Allocate(map), middle = backend.Allocate(map), output = backend.Allocate(map);
        List<float> results = [];
        for (int time = 0; time < Times; time++)
        {
            backend.Write(Numbers(map.Length), input);
            backend.RunReplayable(() =>
            {
                backend.Convolve(input, convolution, Activation.Relu, middle);
                backend.Convolve(middle, convolution, Activation.None, output);
            });
            results.AddRange(GpuBackend.Numbers(backend, output));
        }

        return [.. results];

        float[] Numbers(long count)
        {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++)
                numbers[i] = (random.NextSingle() - 0.4f) / Channels;
            return numbers;
        }
    }

    // The operations of tiling: a region is packed, unpacked, and copied into another picture.
    private static float[] Kept(Backend backend, Tensor picture)
    {
        const int Height = 9, Width = 13, Shift = 2;
        using PackedPicture packed = backend.AllocatePacked(Height + Shift, Width + Shift);
        using Tensor part = backend.Allocate(new TensorShape(picture.Shape.Channels, Height, Width));
        using Tensor copy = backend.Allocate(picture.Shape);
        backend.Pack(picture, new Region(3, 5, Height, Width), packed, Shift, Shift);
        backend.Unpack(packed, Shift, Shift, part);
        backend.Copy(picture, Region.Of(picture.Shape), copy, 0, 0);
        backend.Copy(part, new Region(1, 2, Height - 1, Width - 2), copy, 4, 3);
        return Numbers(backend, copy);
    }

    // Weighted moments of a region in which some pixels have no weight.
    private static double[] Weighted(Backend backend, Tensor features)
    {
        Region region = new(2, 3, 13, 17);
        int channels = features.Shape.Channels;
        float[] numbers = new float[region.Height * region.Width];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = i % 5 / 4f;
        using Tensor weights = backend.Allocate(new TensorShape(1, region.Height, region.Width));
        backend.Write(numbers, weights);
        double[] mean = new double[channels], scatter = new double[channels * channels];
        double total = backend.WeightedMoments(features, region, weights, mean, scatter);
        // The scatter is divided, because its large numbers would hide errors of the means.
        return [total / numbers.Length, .. mean, .. Array.ConvertAll(scatter, sum => sum / total)];
    }

    private static float[] Resized(Backend backend, Tensor features)
    {
        using Tensor small = backend.Allocate(features.Shape.Pooled), large = backend.Allocate(features.Shape);
        backend.MaxPool(features, small);
        backend.Upsample(small, large);
        return Numbers(backend, large);
    }

    private static double[] Doubles(float[] numbers) => Array.ConvertAll(numbers, number => (double)number);

    private static float[] Numbers(Backend backend, Tensor tensor)
    {
        float[] numbers = new float[tensor.Shape.Length];
        backend.Read(tensor, numbers);
        return numbers;
    }

    // A part of the results that is compared by itself, because errors of small numbers would be lost among large ones.
    private sealed record TrialPart(string Name, double[] Numbers);
}
