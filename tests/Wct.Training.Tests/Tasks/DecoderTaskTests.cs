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
