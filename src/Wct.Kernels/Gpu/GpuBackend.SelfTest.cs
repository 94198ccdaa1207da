using Wct.Kernels.Reference;

namespace Wct.Kernels.Gpu;

// Self-test: runs small layers and compares the results with the scalar reference.
public partial class GpuBackend
{
    // Normalized mean square error. Correct results differ only by the order of sums, which stays far below this. Results of faulty drivers
    // differ by far more.
    private const double SelfTestLimit = 1e-8;

    /// <summary>Runs a small layer of each kind on the device and on the scalar reference, to detect faulty drivers.</summary>
    /// <exception cref="GpuException">The results differ, or the driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The backend was disposed of.</exception>
    public void SelfTest()
    {
        using ReferenceBackend reference = new();
        bool tensorCores = _precision != ConvolutionPrecision.Single, roots = RootsFrom != int.MaxValue;
        List<SelfTestPart> expectedParts = RunParts(reference, tensorCores, roots), actualParts = RunParts(this, tensorCores, roots);
        foreach ((SelfTestPart expected, SelfTestPart actual) in expectedParts.Zip(actualParts))
        {
            double error = 0, energy = 0;
            for (int i = 0; i < expected.Numbers.Length; i++)
            {
                error += (actual.Numbers[i] - expected.Numbers[i]) * (actual.Numbers[i] - expected.Numbers[i]);
                energy += expected.Numbers[i] * expected.Numbers[i];
            }

            // The negated comparison also rejects NaN.
            if (!(error <= SelfTestLimit * energy))
            {
                string difference = FormattableString.Invariant(
                    $"a normalized mean square error of {error / energy:g2}; the limit is {SelfTestLimit:g2}");
                throw new GpuException($"{Device} computes wrong results: the self-test of {expected.Name} has {difference}.");
            }
        }
    }

    // Runs all kernels that stylizing uses, with and without tiles. The sides are even, so that pooling and upsampling restore the size.
    // They are not multiples of a tile side, so that partial tiles are tested.
    private static List<SelfTestPart> RunParts(Backend backend, bool tensorCores, bool roots)
    {
        const int Width = 22, Height = 18, Channels = 20;
        Random random = new(1);
        byte[] pixels = new byte[3 * Width * Height];
        random.NextBytes(pixels);
        using Tensor picture = backend.Allocate(new TensorShape(3, Height, Width));
        using Tensor features = backend.Allocate(new TensorShape(Channels, Height, Width));
        using Tensor pooled = backend.Allocate(features.Shape.Pooled), mapped = backend.Allocate(pooled.Shape);
        backend.LoadPixels(pixels, Width, Height, 3 * Width, PixelLayout.Rgb24, picture);
        // The pixels are stored unchanged, so rounding differences between devices can't affect them.
        byte[] stored = new byte[pixels.Length];
        backend.StorePixels(picture, stored, Width, Height, 3 * Width, PixelLayout.Rgb24);
        float[] copied = RunRegionCopies(backend, picture);
        Layer(3, Channels, 3, picture, Fusion.None, features);
        Layer(Channels, Channels, 3, features, Fusion.PoolOutput, pooled);
        double[] mean = new double[Channels], covariance = new double[Channels * Channels];
        backend.Moments(features, mean, covariance);
        double[] weighted = RunWeightedMoments(backend, features);
        float[] resized = RunPooling(backend, features);
        Layer(Channels, Channels, 1, pooled, Fusion.None, mapped);
        Layer(Channels, Channels, 3, mapped, Fusion.UpsampleInput, features);
        Layer(Channels, 3, 3, features, Fusion.None, picture);
        float[] result = ReadNumbers(backend, picture);
        List<SelfTestPart> parts =
        [
            new("bytes", [.. stored.Select(value => value / 255.0)]), new("regions", Doubles(copied)), new("means", mean),
            new("covariances", covariance), new("weighted moments", weighted), new("pooling", Doubles(resized)),
            new("layers", Doubles(result)), new("replays", Doubles(RunReplays(backend))), new("patches", Doubles(RunPatches(backend))),
            new("shapes of convolutions", Doubles(RunShapes(backend))), new("layers of other networks", RunLayers(backend)),
        ];
        if (roots)
            parts.Add(new("inverse roots", RunInverseRoot(backend)));
        if (tensorCores)
            parts.Add(new("tensor cores", Doubles(RunTensorCoreLayer(backend))));
        return parts;

        void Layer(int inChannels, int outChannels, int size, Tensor input, Fusion fusion, Tensor output)
        {
            ConvolutionShape shape = new(outChannels, inChannels, size);
            float[] weights = new float[shape.WeightsLength], bias = new float[outChannels];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = (random.NextSingle() - 0.4f) / (inChannels * shape.Taps);
            using Convolution convolution = backend.PackConvolution(shape, weights, bias);
            backend.Convolve(input, convolution, Activation.Relu, output, fusion);
        }
    }

    // A layer that runs on tensor cores. Every precision represents its numbers exactly, so results differ only by the order of sums.
    private static float[] RunTensorCoreLayer(Backend backend)
    {
        const int InChannels = 32, OutChannels = 64, Side = 9;
        ConvolutionShape shape = new(OutChannels, InChannels, 3);
        Random random = new(2);
        float[] weights = Numbers(shape.WeightsLength), bias = Numbers(OutChannels);
        using Tensor input = backend.Allocate(new TensorShape(InChannels, Side, Side));
        using Tensor output = backend.Allocate(input.Shape.Upsampled.WithChannels(OutChannels));
        using Tensor pooled = backend.Allocate(input.Shape.Pooled.WithChannels(OutChannels));
        backend.Write(Numbers((int)input.Shape.Length), input);
        using Convolution convolution = backend.PackConvolution(shape, weights, bias);
        backend.Convolve(input, convolution, Activation.Relu, pooled, Fusion.PoolOutput);
        backend.Convolve(input, convolution, Activation.None, output, Fusion.UpsampleInput);
        return [.. ReadNumbers(backend, output), .. ReadNumbers(backend, pooled)];

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
    private static double[] RunInverseRoot(Backend backend)
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

        // If TryInverseRoot returns false, the product stays zero and the self-test fails.
        _ = backend.TryInverseRoot(matrix, numbers, Size, 1e-5, product);
        return product;
    }

    // Runs two layers three times. A driver that records launches records and replays them the second time, and replays them the third
    // time. The inputs differ each time, so stale results are detected.
    private static float[] RunReplays(Backend backend)
    {
        const int Times = 3, Channels = 8, Side = 6;
        Random random = new(3);
        ConvolutionShape shape = new(Channels, Channels, 3);
        TensorShape map = new(Channels, Side, Side);
        using Convolution convolution = backend.PackConvolution(shape, Numbers(shape.WeightsLength), Numbers(Channels));
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
            results.AddRange(ReadNumbers(backend, output));
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

    // The operations of tiling: packs a region, unpacks it, and copies it into another picture.
    private static float[] RunRegionCopies(Backend backend, Tensor picture)
    {
        const int Height = 9, Width = 13, Shift = 2;
        using PackedPicture packed = backend.AllocatePacked(Height + Shift, Width + Shift);
        using Tensor part = backend.Allocate(new TensorShape(picture.Shape.Channels, Height, Width));
        using Tensor copy = backend.Allocate(picture.Shape);
        backend.Pack(picture, new Region(3, 5, Height, Width), packed, Shift, Shift);
        backend.Unpack(packed, Shift, Shift, part);
        backend.Copy(picture, Region.Of(picture.Shape), copy, 0, 0);
        backend.Copy(part, new Region(1, 2, Height - 1, Width - 2), copy, 4, 3);
        return ReadNumbers(backend, copy);
    }

    // Weighted moments of a region in which some pixels have no weight.
    private static double[] RunWeightedMoments(Backend backend, Tensor features)
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
        // The scatter is divided by the total weight. Undivided, its large numbers would hide errors of the means.
        return [total / numbers.Length, .. mean, .. Array.ConvertAll(scatter, sum => sum / total)];
    }

    private static float[] RunPooling(Backend backend, Tensor features)
    {
        using Tensor small = backend.Allocate(features.Shape.Pooled), large = backend.Allocate(features.Shape);
        backend.MaxPool(features, small);
        backend.Upsample(small, large);
        return ReadNumbers(backend, large);
    }

    // The patches with the largest scores of two batches, and their weighted sum with another map. The scores are the same numbers on every
    // device, so the same patches win.
    private static float[] RunPatches(Backend backend)
    {
        const int Channels = 9, Height = 8, Width = 6, Batch = (Height - 2) * (Width - 2) / 2;
        Random random = new(4);
        using Tensor values = Random(new TensorShape(Channels, Height, Width)), sum = Random(values.Shape);
        using Tensor weights = Random(values.Shape.WithChannels(1)), best = backend.Allocate(values.Shape.WithChannels(2));
        for (int first = 0; first < 2 * Batch; first += Batch)
        {
            using Tensor scores = Random(values.Shape.WithChannels(Batch));
            backend.KeepLargest(scores, first, best);
        }

        using Tensor gathered = backend.Allocate(values.Shape);
        backend.GatherPatches(values, best, gathered);
        backend.AddWeighted(gathered, weights, sum, accumulate: true);
        return ReadNumbers(backend, sum);

        Tensor Random(TensorShape shape)
        {
            float[] numbers = new float[shape.Length];
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = random.NextSingle() - 0.5f;
            Tensor tensor = backend.Allocate(shape);
            backend.Write(numbers, tensor);
            return tensor;
        }
    }

    private static double[] Doubles(float[] numbers) => Array.ConvertAll(numbers, number => (double)number);

    private static float[] ReadNumbers(Backend backend, Tensor tensor)
    {
        float[] numbers = new float[tensor.Shape.Length];
        backend.Read(tensor, numbers);
        return numbers;
    }

    // Results that are compared separately, because large numbers in the same sum would hide errors of small ones.
    private sealed record SelfTestPart(string Name, double[] Numbers);
}
