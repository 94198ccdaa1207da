using Wct.Kernels.Patches;

namespace Wct.Kernels.Tests.Contract;

/// <summary>The best candidate of each pixel.</summary>
public class LargestScoresContract
{
    // The candidates of each batch: planes, whole blocks of 16, and blocks that are partly filled. The last case has several chunks.
    private static readonly (int Height, int Width, int[] Batches)[] Cases =
    [
        (1, 1, [1]), (3, 3, [5, 3]), (3, 7, [16, 16, 7]), (1, 9, [33, 1, 17]), (5, 1, [7, 8, 9]), (4, 31, [100, 28]), (2, 17, [2, 40, 40]),
        (9, 33, [48, 3]), (40, 31, [100, 5]),
    ];

    // Some scores are equal, some are NaN, and some are -∞.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TheFirstOfTheLargestScoresWins(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((int height, int width, int[] batches) in Backends.Subset(name, Cases))
        {
            float[] scores = Samples.Numbers((long)height * width * batches.Sum(), 1);
            for (int i = 0; i < scores.Length; i++)
                scores[i] = i % 11 == 5 ? float.NaN : i % 7 == 3 ? float.NegativeInfinity : MathF.Round(scores[i] * 6);
            Assert.Equal(Expected(scores, height * width), Best(backend, scores, height, width, batches));
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void EachBatchAgreesWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((int height, int width, int[] batches) in Backends.Subset(name, Cases))
        {
            using Tensor best = backend.Allocate(new TensorShape(2, height, width));
            float[] expected = new float[best.Shape.Length];
            int first = 0;
            foreach (int count in batches)
            {
                float[] numbers = Samples.Numbers((long)count * height * width, count);
                using Tensor scores = backend.Tensor(new TensorShape(count, height, width), numbers);
                LargestScores.Reference(numbers, first, expected);
                backend.KeepLargest(scores, first, best);
                Assert.Equal(expected, backend.Numbers(best));
                BorderCheck.Reflects(backend, best);
                first += count;
            }
        }
    }

    // Twenty candidates fill a block and a part of one.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ScoresThatAreNotANumberNeverWin(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (int count in (int[])[2, 20])
        {
            float[] numbers = new float[3 * count];
            Array.Fill(numbers, float.NaN);
            // The last candidate of the second pixel and the first of the third.
            (numbers[3 * count - 2], numbers[2]) = (-1e30f, 5);
            using Tensor scores = backend.Tensor(new TensorShape(count, 1, 3), numbers), best = backend.Allocate(new TensorShape(2, 1, 3));
            backend.KeepLargest(scores, 0, best);
            Assert.Equal([float.NegativeInfinity, -1e30f, 5, 0, count - 1, 0], backend.Numbers(best));
            backend.KeepLargest(scores, 100, best);
            Assert.Equal([float.NegativeInfinity, -1e30f, 5, 0, count - 1, 0], backend.Numbers(best));
        }
    }

    // Scores below zero, with fewer candidates than lanes: unused lanes must not win.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void OnlyCandidatesWin(string name)
    {
        using Backend backend = Backends.Create(name);
        float[] numbers = [.. Samples.Numbers(3 * 19, 2).Select(value => value - 2)];
        Assert.Equal(Expected(numbers, 3), Best(backend, numbers, 1, 3, [9, 10]));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TheLargestNumberIsExact(string name)
    {
        const int Largest = 1 << 24;
        using Backend backend = Backends.Create(name);
        using Tensor scores = backend.Tensor(new TensorShape(3, 1, 2), [1, 3, 2, 2, 3, 1]);
        using Tensor best = backend.Tensor(new TensorShape(2, 1, 2), [0, 0, 7, 7]);
        backend.KeepLargest(scores, Largest - 2, best);
        Assert.Equal([3, 3, Largest, Largest - 2], backend.Numbers(best));
        Assert.Equal(
            "The last candidate has number 16777217, the largest possible number is 16777216. (Parameter 'first')",
            Assert.Throws<ArgumentException>(() => backend.KeepLargest(scores, Largest - 1, best)).Message);
        Assert.Throws<ArgumentException>(() => backend.KeepLargest(scores, int.MaxValue, best));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameBothValues(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor scores = backend.Allocate(new TensorShape(5, 3, 4)), best = backend.Allocate(new TensorShape(2, 3, 4));
        Assert.Equal("'best' is [5, 3, 4], the operation needs [2, 3, 4]. (Parameter 'best')", Assert.Throws<ArgumentException>(
            () => backend.KeepLargest(scores, 0, scores)).Message);
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(() => backend.KeepLargest(scores, -1, best)).Message);
    }

    private static float[] Best(Backend backend, float[] scores, int height, int width, int[] batches)
    {
        using Tensor best = backend.Allocate(new TensorShape(2, height, width));
        int first = 0, pixels = height * width;
        foreach (int count in batches)
        {
            using Tensor batch = backend.Tensor(
                new TensorShape(count, height, width), scores[(first * pixels)..((first + count) * pixels)]);
            backend.KeepLargest(batch, first, best);
            first += count;
        }

        return backend.Numbers(best);
    }

    private static float[] Expected(float[] scores, int pixels)
    {
        float[] best = new float[2 * pixels];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            float[] own = [.. Enumerable.Range(0, scores.Length / pixels).Select(candidate => scores[candidate * pixels + pixel])];
            best[pixel] = own.Where(score => !float.IsNaN(score)).DefaultIfEmpty(float.NegativeInfinity).Max();
            best[pixels + pixel] = float.IsNegativeInfinity(best[pixel]) ? 0 : Array.IndexOf(own, best[pixel]);
        }

        return best;
    }
}
