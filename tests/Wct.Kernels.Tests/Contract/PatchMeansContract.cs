using Wct.Kernels.Cpu;
using Wct.Kernels.Patches;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Maps that are built from patches of other maps.</summary>
public class PatchMeansContract
{
    // Nine roundings of sums, 6e-8 each, and one of the division.
    private const double Limit = 1e-13;

    private static readonly (TensorShape Values, int Height, int Width)[] Cases =
    [
        (new(1, 3, 3), 3, 3), (new(17, 5, 3), 3, 7), (new(7, 3, 7), 5, 4), (new(8, 4, 4), 3, 3), (new(16, 4, 9), 7, 3),
        (new(3, 9, 5), 6, 31), (new(33, 7, 8), 9, 10), (new(64, 5, 33), 3, 9), (new(40, 20, 21), 50, 7), (new(24, 3, 3), 4, 17),
    ];

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AgreesWithFoldedPatches(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((TensorShape shape, int height, int width) in Backends.Subset(name, Cases))
        {
            float[] values = Samples.Numbers(shape.Length, 1), best = Numbers(shape, height, width);
            float[] expected = Folded(values, shape, best, height, width), scalar = new float[expected.Length];
            PatchMeans.Reference(values, shape, best, scalar, new TensorShape(shape.Channels, height, width));
            Accuracy.Check<float>($"{shape} to {height}x{width}, reference", Limit, expected, scalar);
            Check(backend, values, shape, best, height, width, expected);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AMapOfItsOwnPatchesIsTheMap(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((TensorShape shape, _, _) in Backends.Subset(name, Cases))
        {
            float[] values = Samples.Numbers(shape.Length, 2), best = new float[2 * shape.Pixels];
            for (int y = 1; y < shape.Height - 1; y++)
            {
                for (int x = 1; x < shape.Width - 1; x++)
                    best[shape.Pixels + y * shape.Width + x] = (y - 1) * (shape.Width - 2) + x - 1;
            }

            Check(backend, values, shape, best, shape.Height, shape.Width, values);
        }
    }

    // Three patches, and content of one row of three centers.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void GivesKnownResults(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor values = backend.Tensor(new TensorShape(1, 3, 5), [1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100, 200, 300, 400, 500]);
        using Tensor best = backend.Tensor(
            new TensorShape(2, 3, 5), [.. new float[15], 99, 99, 99, 99, 99, 99, 2, 0, 2, 99, 99, 99, 99, 99, 99]);
        using Tensor output = backend.Allocate(new TensorShape(1, 3, 5));
        backend.GatherPatches(values, best, output);
        float[] expected = [3, 2.5f, 10 / 3f, 3.5f, 5, 30, 25, 100 / 3f, 35, 50, 300, 250, 1000 / 3f, 350, 500];
        Accuracy.Check<float>("rows of three patches", Limit, expected, backend.Numbers(output));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void DamagedNumbersAreClamped(string name)
    {
        using Backend backend = Backends.Create(name);
        float[] damaged = [-1, -1e30f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e9f, 3e38f, 12, 11.75f, 0.5f];
        foreach (int channels in (int[])[3, 24])
        {
            TensorShape shape = new(channels, 5, 6);
            float[] values = Samples.Numbers(shape.Length, 3), best = new float[2 * 6 * 7];
            for (int i = 0; i < best.Length; i++)
                best[i] = damaged[i % damaged.Length];
            float[] expected = Folded(values, shape, [.. best.Select(Clamped)], 6, 7);
            Check(backend, values, shape, best, 6, 7, expected);
        }

        static float Clamped(float number) => float.IsNaN(number) ? 0 : (int)Math.Clamp(number, 0, 11);
    }

    [Fact]
    public void WidthsAndThreadsGiveTheSameBytes()
    {
        foreach ((TensorShape shape, int height, int width) in Cases)
        {
            float[] values = Samples.Numbers(shape.Length, 4), best = Numbers(shape, height, width);
            float[]? first = null;
            foreach ((Isa isa, int threads) in IsaSelection.Supported.SelectMany(isa => new[] { (isa, 1), (isa, 3) }))
            {
                using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Isa = isa, Threads = threads });
                using Tensor output = Gather(backend, values, shape, best, height, width);
                float[] numbers = backend.Numbers(output);
                Assert.Equal(first ??= numbers, numbers);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameBothShapes(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor values = backend.Allocate(new TensorShape(5, 3, 4)), best = backend.Allocate(new TensorShape(2, 4, 6));
        using Tensor output = backend.Allocate(new TensorShape(5, 4, 6)), flat = backend.Allocate(new TensorShape(5, 2, 9));
        using Tensor narrow = backend.Allocate(new TensorShape(2, 9, 2)), narrowOutput = backend.Allocate(new TensorShape(5, 9, 2));
        AssertThrows("'best' is [5, 4, 6], the operation needs [2, 4, 6]. (Parameter 'best')", values, output, output);
        AssertThrows("'output' is [5, 3, 4], the operation needs [5, 4, 6]. (Parameter 'output')", values, best, values);
        AssertThrows("'values' is [5, 2, 9], a patch needs 3x3 pixels. (Parameter 'values')", flat, best, output);
        AssertThrows("'best' is [2, 9, 2], a patch needs 3x3 pixels. (Parameter 'best')", values, narrow, narrowOutput);

        void AssertThrows(string message, Tensor from, Tensor numbers, Tensor to) => Assert.Equal(
            message, Assert.Throws<ArgumentException>(() => backend.GatherPatches(from, numbers, to)).Message);
    }

    private static void Check(
        Backend backend, float[] values, TensorShape shape, float[] best, int height, int width, float[] expected)
    {
        using Tensor output = Gather(backend, values, shape, best, height, width);
        Accuracy.Check<float>($"{shape} to {height}x{width}", Limit, expected, backend.Numbers(output));
        BorderCheck.Reflects(backend, output);
    }

    private static Tensor Gather(Backend backend, float[] values, TensorShape shape, float[] best, int height, int width)
    {
        using Tensor from = backend.Tensor(shape, values), numbers = backend.Tensor(new TensorShape(2, height, width), best);
        Tensor output = backend.Allocate(new TensorShape(shape.Channels, height, width));
        backend.GatherPatches(from, numbers, output);
        return output;
    }

    // A random patch at each center. Plane 0 and the border are never read, so they may be NaN.
    private static float[] Numbers(TensorShape shape, int height, int width)
    {
        Random random = new(5);
        float[] best = new float[2 * height * width];
        Array.Fill(best, float.NaN);
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
                best[(height + y) * width + x] = random.Next((shape.Height - 2) * (shape.Width - 2));
        }

        return best;
    }

    // Adds each patch to the pixels that it covers, and divides by the number of patches at each pixel.
    private static float[] Folded(float[] values, TensorShape shape, float[] best, int height, int width)
    {
        double[] sums = new double[shape.Channels * height * width];
        int[] counts = new int[sums.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            int c = i / (height * width), y = i / width % height, x = i % width;
            if (y is 0 || x is 0 || y == height - 1 || x == width - 1)
                continue;
            int patch = (int)best[(height + y) * width + x], top = patch / (shape.Width - 2), left = patch % (shape.Width - 2);
            for (int pixel = 0; pixel < 9; pixel++)
            {
                int row = pixel / 3, column = pixel % 3, to = (c * height + y - 1 + row) * width + x - 1 + column;
                sums[to] += values[(c * shape.Height + top + row) * shape.Width + left + column];
                counts[to]++;
            }
        }

        return [.. sums.Zip(counts, (sum, count) => (float)(sum / count))];
    }
}
