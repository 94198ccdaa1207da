using Wct.Kernels;
using Wct.Kernels.Reference;
using Wct.Training.Losses;

namespace Wct.Training.Tests.Losses;

public class RelativeFeatureLossTests
{
    private const string Tap = "relu3_1";

    private static readonly TensorShape Shape = new(3, 4, 5);

    [Fact]
    public void FeaturesOfZeroHaveALossOfOne()
    {
        using ReferenceBackend backend = new();
        float[] target = LossCheck.Numbers(Shape, 1), doubled = Array.ConvertAll(target, value => 2 * value);
        RelativeFeatureLoss loss = new([Tap]);
        Assert.Equal(3, Value(new float[target.Length]), 1e-5);
        Assert.Equal(3, Value(doubled), 1e-5);
        Assert.Equal(0, Value(target));

        double Value(float[] output) => LossCheck.Evaluate(backend, loss, 3, Tap, Shape, output, target).Loss;
    }

    [Fact]
    public void AgreesWithFiniteDifferences()
    {
        using ReferenceBackend backend = new();
        LossCheck.Differences(
            backend, new RelativeFeatureLoss([Tap]), 2, Tap, Shape, LossCheck.Numbers(Shape, 2), LossCheck.Numbers(Shape, 3), 1e-10);
    }

    [Fact]
    public void ATargetOfZeroKeepsItsScale()
    {
        using ReferenceBackend backend = new();
        float[] ones = new float[Shape.Length];
        Array.Fill(ones, 1f);
        Assert.Equal(
            0.5, LossCheck.Evaluate(backend, new RelativeFeatureLoss([Tap]), 1, Tap, Shape, ones, new float[Shape.Length]).Loss, 1e-12);
    }
}
