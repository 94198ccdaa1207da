using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training.Losses;

namespace Wct.Training.Tests.Losses;

public class LossTermTests
{
    public static TheoryData<string> Terms => [.. All.Keys];

    private static Dictionary<string, (ILossTerm Term, string Tap)> All { get; } = new()
    {
        ["pixel"] = (new PixelLoss(), LossTap.Picture),
        ["variation"] = (new TotalVariationLoss(), LossTap.Picture),
        ["feature"] = (new FeatureLoss([LossTap.Level(2)]), LossTap.Level(2)),
        ["normalized"] = (new NormalizedFeatureLoss([LossTap.Level(2)]), LossTap.Level(2)),
    };

    [Theory]
    [MemberData(nameof(Terms))]
    public void GradientsMatchFiniteDifferences(string name)
    {
        using CpuBackend backend = CpuBackend.Create();
        TensorShape shape = new(3, 4, 5);
        LossCheck.Differences(
            backend, All[name].Term, 3, All[name].Tap, shape, LossCheck.Numbers(shape, 1), LossCheck.Numbers(shape, 2), 1e-8);
    }

    [Fact]
    public void SquaredErrorsAreMeans()
    {
        using CpuBackend backend = CpuBackend.Create();
        (double loss, float[] gradient) =
            LossCheck.Evaluate(backend, new PixelLoss(), 2, LossTap.Picture, new TensorShape(1, 2, 2), [1, 2, 3, 4], [1, 2, 3, 0]);
        Assert.Equal(8, loss, 1e-12);
        Assert.Equal([0, 0, 0, 4], gradient);
    }

    [Fact]
    public void NormalizedErrorsAreDividedByTheMeanVariance()
    {
        using CpuBackend backend = CpuBackend.Create();
        using Tensor target = backend.Allocate(new TensorShape(1, 1, 2));
        NormalizedFeatureLoss term = new([LossTap.Level(1)]);
        LossTargets targets = new(backend, new Dictionary<string, Tensor> { [LossTap.Level(1)] = target });
        term.BeginMeasure();
        // The variances are 2 and 8, with the divisor n - 1 = 1; their mean is 5.
        foreach (float distance in (float[])[2, 4])
        {
            backend.Write([0, distance], target);
            term.Measure(targets, 0.5);
        }

        (double loss, _) = LossCheck.Evaluate(backend, term, 1, LossTap.Level(1), target.Shape, [0, 4], [0, 0]);
        Assert.Equal(8 / 5.0, loss, 1e-6);
    }

    [Fact]
    public void GradientsAtATapAreAdded()
    {
        using CpuBackend backend = CpuBackend.Create();
        using Tensor picture = backend.Allocate(new TensorShape(1, 1, 2)), first = backend.Allocate(picture.Shape),
            second = backend.Allocate(picture.Shape);
        backend.Write([1, 2], first);
        backend.Write([3, 5], second);
        using LossContext context = new(
            new LossTargets(backend, new Dictionary<string, Tensor>()), new Dictionary<string, Tensor> { [LossTap.Picture] = picture });
        context.AddGradient(LossTap.Picture, first);
        context.AddGradient(LossTap.Picture, second);
        float[] sum = new float[2];
        backend.Read(context.Gradient(LossTap.Picture), sum);
        Assert.Equal([4, 7], sum);
        Assert.Contains("no target at 'picture'", Assert.Throws<ArgumentException>(() => context.Target(LossTap.Picture)).Message);
        Assert.Contains(
            "no output at 'relu1_1', only at picture", Assert.Throws<ArgumentException>(() => context.Output("relu1_1")).Message);
    }

    [Fact]
    public void NamesAndWeightsAreChecked()
    {
        Assert.Contains("at least 0", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedLoss(new PixelLoss(), -1)).Message);
        Assert.Contains(
            "at least 0", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedLoss(new PixelLoss(), double.NaN)).Message);
        foreach (string name in (string[])["", "two words", "a,b", "rate"])
            Assert.Throws<ArgumentException>(() => new WeightedLoss(new FeatureLoss([LossTap.Level(1)], name)));
        Assert.Contains(
            "'pixel'", Assert.Throws<ArgumentException>(() => new LossValues([new(new PixelLoss()), new(new PixelLoss())])).Message);
        Assert.Throws<ArgumentException>(() => new GramLoss([]));
        Assert.Equal("0.5 feature at relu3_1", new WeightedLoss(new FeatureLoss([LossTap.Level(3)]), 0.5).ToString());
    }

    [Fact]
    public void ValuesAreReportedWithoutTheirWeights()
    {
        LossValues values = new([new(new PixelLoss(), 2), new(new TotalVariationLoss(), 0)]);
        values.Add([3, 0]);
        values.Add([5, 0]);
        Assert.Equal((8.0, 4.0, 0.0), (values.Total, values["pixel"], values["variation"]));
        Assert.Throws<ArgumentException>(() => values.Add([1]));
        Assert.Throws<ArgumentException>(() => values["feature"]);
    }
}
