using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Optimization;

namespace Wct.Training.Tests.Losses;

public class TemporalLossTests
{
    private const int Width = MovingSquare.Width, Height = MovingSquare.Height;

    // With three frames, the third one counts where the first two together have less than its share.
    [Fact]
    public void AnOlderFrameCountsWhereNoNearerOneDoes()
    {
        StyleMask[] consistent = [Mask(255, 0, 0, 100, 50), Mask(255, 255, 0, 255, 60), Mask(255, 255, 255, 255, 255)];
        byte[][] expected = [[255, 0, 0, 100, 50], [0, 255, 0, 155, 10], [0, 0, 255, 0, 145]];
        Assert.Equal(expected, WarpedFrames.LongTermWeights(consistent).Select(mask => mask.Shares.ToArray()));

        static StyleMask Mask(params byte[] shares) => new(shares, shares.Length, 1);
    }

    // (1/D)·Σ c·(x - w)², by the definition. Each pixel has the nearest frame that shows it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheValueMatchesItsDefinition(int count)
    {
        EarlierFrame[] frames = [.. Enumerable.Range(1, count).Select(age => Earlier(2, 2 - age))];
        float[] picture = LossCheck.Numbers(new TensorShape(3, Height, Width), 1);
        (double sum, int[] used) = (0, new int[count]);
        for (int i = 0; i < Width * Height; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            int age = Enumerable.Range(1, count).FirstOrDefault(
                age => MovingSquare.IsShown(2, 2 - age, x, y) && !MovingSquare.IsAtEdge(2, x, y));
            if (age == 0)
                continue;
            used[age - 1]++;
            float[] flow = MovingSquare.Flow(2, 2 - age);
            int from = i + (int)flow[2 * i + 1] * Width + (int)flow[2 * i];
            for (int c = 0; c < 3; c++)
                sum += Math.Pow(picture[c * Width * Height + i] - frames[age - 1].Result.Bytes[3 * from + c] / 255.0, 2);
        }

        Assert.All(used, pixels => Assert.True(pixels > 0));
        double expected = 7 * sum / (3 * Width * Height);
        Assert.Equal(expected, Evaluate(new TemporalLoss(frames), 7, picture, Width, Height).Loss, 1e-5 * expected);
    }

    // The warped results themselves have no loss, at the full size. A smaller size has the smaller picture's motion.
    [Theory]
    [InlineData(0, 1e-5)]
    [InlineData(1, 2e-3)]
    public void TheNextFrameHasNoLossAtAnySize(int halvings, double limit)
    {
        TemporalLoss loss = new([Earlier(1, 0)]);
        (int width, int height) = (Width >> halvings, Height >> halvings);
        double same = Loss(MovingSquare.Frame(1)), still = Loss(MovingSquare.Frame(0));
        Assert.InRange(same, 0, limit);
        Assert.True(still > 10 * same + 1e-3, $"{same} {still}");

        double Loss(PixelImage frame)
        {
            using CpuBackend backend = CpuBackend.Create();
            using Tensor picture = Crop.Load(backend, ScaledPictures.Resized(frame, width, height));
            return Evaluate(loss, 1, backend.Numbers(picture), width, height).Loss;
        }
    }

    [Fact]
    public void FractionalWeightsOfSeveralFramesAddUp()
    {
        WarpedPicture picture = new(2, 1);
        (byte[] first, byte[] second) = ([51, 255], [204, 0]);
        foreach ((byte[] shares, float sample) in new[] { (first, 255f), (second, 102f) })
        {
            picture.Add(shares);
            for (int c = 0; c < 3; c++)
                picture.Add(shares, [sample, sample], c);
        }

        picture.Complete();
        Assert.Equal([1f, 1f], picture.Weights);
        // The first pixel: 0.2·(x - 1)² + 0.8·(x - 0.4)² = (x - 0.52)² + 0.0576, for each of three colors.
        Assert.Equal(0.52, picture.Mean[0], 1e-6);
        Assert.Equal(1, picture.Mean[1], 1e-6);
        Assert.Equal(3 * 0.0576, picture.Rest, 1e-6);
    }

    [Fact]
    public void TheStartIsTheWarpedResultAndTheContentElsewhere()
    {
        PixelImage content = TrainingPictures.Draw(Width, Height, 4);
        PixelImage start = PixelStart.Warped([Earlier(1, 0)]).At(content, Width, Height), next = MovingSquare.Frame(1);
        for (int i = 0; i < start.Bytes.Length; i++)
        {
            (int x, int y) = (i / 3 % Width, i / 3 / Width);
            bool isWarped = MovingSquare.IsShown(1, 0, x, y) && !MovingSquare.IsAtEdge(1, x, y);
            Assert.Equal((isWarped ? next : content).Bytes[i], start.Bytes[i]);
        }

        PixelImage small = PixelStart.Warped([Earlier(1, 0)]).At(content: null, 24, 20);
        Assert.Equal((24, 20), (small.Width, small.Height));
    }

    [Fact]
    public void WrongFramesAreRefused()
    {
        Assert.Contains(
            "There are 0 earlier frames, at least one is needed.", Assert.Throws<ArgumentException>(() => new TemporalLoss([])).Message);
        EarlierFrame frame = Earlier(1, 0);
        Assert.Contains(
            "The result of earlier frame 1 is 5x4, the first flow field is 48x40.",
            Assert.Throws<ArgumentException>(() => new TemporalLoss([frame with { Result = new PixelImage(5, 4) }])).Message);
        FlowField small = new(new float[2 * 20], 5, 4);
        Assert.Contains(
            "The reverse flow field of earlier frame 2 is 5x4, the first flow field is 48x40.",
            Assert.Throws<ArgumentException>(() => PixelStart.Warped([frame, frame with { ReverseFlow = small }])).Message);
        Assert.Contains(
            "The flow field of earlier frame 2 is 5x4, the first flow field is 48x40.",
            Assert.Throws<ArgumentException>(() => new TemporalLoss([frame, frame with { Flow = small }])).Message);
    }

    // A checkpoint of a run with another result or motion must not be resumed.
    [Fact]
    public void TheDescriptionDependsOnEverything()
    {
        EarlierFrame frame = Earlier(1, 0);
        TemporalLoss[] losses =
        [
            new([frame]), new([frame, frame]), new([frame with { ReverseFlow = null }]), new([frame with { Flow = Earlier(2, 0).Flow }]),
            new([frame with { Result = MovingSquare.Frame(1) }]),
        ];
        Assert.Equal(losses.Length, losses.Select(loss => loss.Description).Distinct().Count());
        Assert.Equal(new TemporalLoss([Earlier(1, 0)]).Description, losses[0].Description);
    }

    private static EarlierFrame Earlier(int number, int earlier) =>
        new(MovingSquare.Frame(earlier), new FlowField(MovingSquare.Flow(number, earlier), Width, Height))
        {
            ReverseFlow = new FlowField(MovingSquare.Flow(earlier, number), Width, Height),
        };

    private static (double Loss, float[] Gradient) Evaluate(TemporalLoss loss, double weight, float[] numbers, int width, int height)
    {
        using CpuBackend backend = CpuBackend.Create();
        using PixelObjective objective = new(
            backend, RandomModel.Create([8], 1).Levels[0].Encoder, [new WeightedLoss(loss, weight)]);
        objective.Prepare(new ScaledPictures(backend, content: null, width, height, 0, ColorPreservation.None));
        using Tensor picture = backend.Tensor(new TensorShape(3, height, width), numbers), gradient = backend.Allocate(picture.Shape);
        return (objective.Evaluate(picture, gradient), backend.Numbers(gradient));
    }
}
