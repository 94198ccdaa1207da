using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Losses;

/// <summary>Tests a training task with a user-defined loss term, <see cref="BrightnessLoss"/>.</summary>
public class OwnLossTests
{
    [Fact]
    public void ItsValueAndGradientAreRight()
    {
        using CpuBackend backend = CpuBackend.Create();
        BrightnessLoss term = new(LossTap.Picture);
        // The means are 4 and 1.
        (double loss, float[] gradient) = LossCheck.Evaluate(
            backend, term, 2, LossTap.Picture, new TensorShape(1, 1, 3), [2, 4, 6], [0, 1, 2]);
        Assert.Equal(2 * 9, loss, 1e-12);
        Assert.Equal([4f, 4f, 4f], gradient);
        TensorShape shape = new(3, 4, 5);
        LossCheck.Differences(backend, term, 3, LossTap.Picture, shape, LossCheck.Numbers(shape, 1), LossCheck.Numbers(shape, 2), 1e-8);
    }

    // A small step against the gradient lowers the total as much as the gradient predicts, for a tap at the decoder's output and for one in
    // the loss network.
    [Theory]
    [InlineData(LossTap.Picture)]
    [InlineData("relu2_1")]
    public void AStepLowersTheLossByTheGradientsPrediction(string tap)
    {
        using CpuBackend backend = CpuBackend.Create();
        // Without the feature loss, only the tested term needs the loss network.
        using DecoderTask task = Task(
            backend, new DecoderOptions { FeatureWeight = 0, AdditionalLosses = [new(new BrightnessLoss(tap), 20)] });
        using Tensor picture = TrainingPictures.Tensor(backend, 16, 1);
        LossValues before = Run(task, picture, task.Parameters.Gradients);
        Assert.True(before["brightness"] > 0);
        Assert.Equal(before.Total, before["pixel"] + 20 * before["brightness"], 1e-9 * before.Total);
        double norm = backend.SumOfSquares(task.Parameters.Gradients.Span), step = 1e-3 * before.Total / norm;
        Span<float> values = task.Parameters.Values.Span, gradients = task.Parameters.Gradients.Span;
        for (int i = 0; i < values.Length; i++)
            values[i] -= (float)(step * gradients[i]);
        task.Refresh();
        Assert.InRange(before.Total - Run(task, picture, new float[task.Parameters.Count]).Total, 0.9 * step * norm, 1.1 * step * norm);
    }

    [Fact]
    public void LogAndCheckpointContainItsName()
    {
        using TemporaryFolder folder = new();
        using CpuBackend backend = CpuBackend.Create();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        TrainingOptions training = new() { Folder = folder.File("run"), Steps = 2, Batch = 2, Crop = 16, Side = 32 };
        List<TrainingProgress> reports = [];
        using (DecoderTask task = Task(backend, Options(0.5)))
            Assert.True(new Trainer(backend, task, pictures, training).Run(reports.Add, _ => { }).Complete);
        string[] lines = File.ReadAllLines(folder.File("run/losses.csv"));
        Assert.Equal("step,rate,loss,pixel,feature,variation,brightness,gram", lines[0]);
        Assert.All(lines[1..], line => Assert.True(double.Parse(line.Split(',')[6]) > 0 && double.Parse(line.Split(',')[7]) > 0));
        Assert.Equal(["pixel", "feature", "variation", "brightness", "gram"], reports[0].Losses.Terms.Select(term => term.Name));
        // A run with another weight can't resume this one.
        using DecoderTask other = Task(backend, Options(0.25));
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => new Trainer(backend, other, pictures, training with { Resume = true }).Run(_ => { }, _ => { }));
        Assert.Contains("0.5 brightness at relu1_1", error.Message);
        Assert.Contains("this one is: ", error.Message);
    }

    [Fact]
    public void RefusesTapsAndNamesThatDoNotFit()
    {
        using CpuBackend backend = CpuBackend.Create();
        Assert.Contains("'conv1_1' is not a tap; taps are 'picture' and 'relu1_1' to 'relu5_1'.", Assert.Throws<ArgumentException>(
            () => Task(backend, new DecoderOptions { AdditionalLosses = [new(new BrightnessLoss("conv1_1"))] })).Message);
        Assert.Contains("Level 3 was requested; the loss network has levels 1 to 2.", Assert.Throws<ArgumentException>(
            () => Task(backend, new DecoderOptions { AdditionalLosses = [new(new BrightnessLoss("relu3_1"))] })).Message);
        Assert.Contains("Two loss terms have the name 'pixel'.", Assert.Throws<ArgumentException>(
            () => Task(backend, new DecoderOptions { AdditionalLosses = [new(new PixelLoss())] })).Message);
    }

    private static DecoderOptions Options(double weight) => new()
    {
        AdditionalLosses = [new(new BrightnessLoss("relu1_1"), weight), new(new GramLoss([LossTap.Level(1), LossTap.Level(2)]))],
    };

    private static DecoderTask Task(TrainingBackend backend, DecoderOptions options) =>
        new(backend, RandomModel.Create([8, 12], 1).Levels[0].Encoder, 2, options);

    private static LossValues Run(DecoderTask task, Tensor picture, Memory<float> gradients)
    {
        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 0, 1, gradients, losses);
        return losses;
    }
}
