using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Tasks;

public class DecoderTaskTests
{
    // The features contain the colors, so the picture is a linear function of them. The initial regression must find it, also at the
    // borders.
    [Fact]
    public void TheLastLayerStartsWithTheRegression()
    {
        using CpuBackend backend = CpuBackend.Create();
        EncoderWeights encoder = StudentStart.KeepingColors(StudentStart.Random([8, 4], 1));
        using DecoderTask task = new(backend, encoder, 1, new DecoderOptions { FeatureWeight = 0 });
        Tensor[] pictures = [.. Enumerable.Range(1, 3).Select(seed => TrainingPictures.Tensor(backend, 24, seed))];
        task.Measure(pictures, initialize: true);
        LossValues losses = new(task.Losses);
        foreach (Tensor picture in pictures)
        {
            task.Accumulate(picture, 0, 1.0 / 3, task.Parameters.Gradients, losses);
            picture.Dispose();
        }

        Assert.InRange(losses.Total, 0, 1e-6);
    }

    [Fact]
    public void TheEncoderAsLossNetworkChangesNothing()
    {
        EncoderWeights encoder = Random(1);
        (LossValues losses, float[] gradients) = Accumulate(encoder, new DecoderOptions { FeatureLevels = [1, 2], Normalize = true });
        (LossValues same, float[] alike) = Accumulate(
            encoder, new DecoderOptions { FeatureLevels = [1, 2], Normalize = true, LossNetwork = encoder });
        Assert.Equal((losses.Total, string.Join(" ", losses.Terms)), (same.Total, string.Join(" ", same.Terms)));
        Assert.Equal(gradients, alike);
    }

    [Fact]
    public void ComparesTheLossNetworksFeatures()
    {
        const double Weight = 0.5;
        using CpuBackend backend = CpuBackend.Create();
        EncoderWeights network = Random(9);
        using DecoderTask task =
            new(backend, Random(1), 2, new DecoderOptions { FeatureWeight = Weight, LossNetwork = network, FeatureLevels = [2] });
        using Tensor picture = TrainingPictures.Tensor(backend, 16, 1);
        using Tensor decoded = task.Reconstruct(picture, 0)!;
        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 0, 1, task.Parameters.Gradients, losses);

        using DecoderInputs judge = new(backend, network, 2, null, [2]);
        using DecoderInput expected = judge.Of(picture), actual = judge.Of(decoded);
        double feature = backend.SquaredError(actual.Features, expected.Features) / expected.Features.Shape.Length;
        double pixel = backend.SquaredError(decoded, picture) / picture.Shape.Length;
        Assert.Equal(feature, losses["feature"], feature * 1e-5);
        Assert.Equal(pixel + Weight * feature, losses.Total, losses.Total * 1e-5);
    }

    [Fact]
    public void RefusesATapThatTheLossNetworkLacks()
    {
        using CpuBackend backend = CpuBackend.Create();
        EncoderWeights shallow = RandomModel.Create([8], 1).Levels[0].Encoder;
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new DecoderTask(backend, Random(1), 2, new DecoderOptions { LossNetwork = shallow, FeatureLevels = [2] }));
        Assert.Contains("Level 2 was requested; the loss network has levels 1 to 1.", error.Message);
    }

    // The total is a sum, so the gradients of its parts add up. Without the pixel loss, only the other part is left.
    [Fact]
    public void APixelWeightOfZeroLeavesThePixelLossOut()
    {
        EncoderWeights encoder = Random(1);
        (LossValues both, float[] sum) = Accumulate(encoder, new DecoderOptions { PixelWeight = 3 });
        (LossValues features, float[] first) = Accumulate(encoder, new DecoderOptions { PixelWeight = 0 });
        (LossValues pixels, float[] second) = Accumulate(encoder, new DecoderOptions { PixelWeight = 3, FeatureWeight = 0 });
        Assert.Equal((0, features["feature"]), (features["pixel"], features.Total));
        Assert.Equal(both.Total, features.Total + pixels.Total, 1e-6 * both.Total);
        Assert.Equal(3 * pixels["pixel"], pixels.Total, 1e-6 * pixels.Total);
        Accuracy.Check<float>("gradient", 1e-10, sum, [.. first.Zip(second, (one, other) => one + other)]);
        Assert.NotEqual(sum, first);
    }

    // This text is stored in checkpoints. Runs of earlier versions, which had no pixel weight, must go on.
    [Fact]
    public void TheDefaultLossesKeepTheirDescription()
    {
        using CpuBackend backend = CpuBackend.Create();
        using DecoderTask task = new(backend, Random(1), 2);
        Assert.Equal(["1 pixel", "1 feature at relu2_1", "0 variation"], task.Losses.Select(loss => $"{loss}"));
    }

    [Fact]
    public void RefusesADecoderWithoutALoss()
    {
        using CpuBackend backend = CpuBackend.Create();
        DecoderOptions options = new()
        {
            PixelWeight = 0,
            FeatureWeight = 0,
            AdditionalLosses = [new WeightedLoss(new GramLoss(["relu1_1"]), 0)],
        };
        ArgumentException error = Assert.Throws<ArgumentException>(() => new DecoderTask(backend, Random(1), 2, options));
        Assert.Contains("The weights of the losses pixel, feature, variation, gram are all 0, one must be above 0.", error.Message);
    }

    [Fact]
    public void ALossWithoutAGradientTrainsNothing()
    {
        DecoderOptions options = new() { PixelWeight = 0, FeatureWeight = 0, AdditionalLosses = [new WeightedLoss(new ConstantLoss(), 2)] };
        (LossValues losses, float[] gradients) = Accumulate(Random(1), options);
        Assert.Equal(2, losses.Total);
        Assert.All(gradients, gradient => Assert.Equal(0, gradient));
    }

    private sealed class ConstantLoss : ILossTerm
    {
        public string Name => "constant";

        public IReadOnlyList<string> Taps { get; } = [LossTap.Picture];

        public double Evaluate(LossContext context, double weight) => weight;
    }

    private static EncoderWeights Random(int seed) => RandomModel.Create([8, 12], seed).Levels[0].Encoder;

    private static (LossValues Losses, float[] Gradients) Accumulate(EncoderWeights encoder, DecoderOptions options)
    {
        using CpuBackend backend = CpuBackend.Create();
        using DecoderTask task = new(backend, encoder, 2, options);
        using Tensor picture = TrainingPictures.Tensor(backend, 16, 1);
        task.Measure([picture], initialize: true);
        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 0, 1, task.Parameters.Gradients, losses);
        return (losses, task.Parameters.Gradients.ToArray());
    }
}
