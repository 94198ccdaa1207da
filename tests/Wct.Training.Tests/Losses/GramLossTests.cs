using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training.Losses;

namespace Wct.Training.Tests.Losses;

public class GramLossTests
{
    private const string Tap = "relu3_1";

    private static readonly GramLoss Term = new([Tap]);

    [Fact]
    public void TheGramMatrixMatchesItsDefinition()
    {
        using CpuBackend backend = CpuBackend.Create();
        using Tensor features = backend.Allocate(new TensorShape(2, 1, 3));
        backend.Write([1, 2, 3, 4, 5, 6], features);
        // F·Fᵀ = [14 32; 32 77], divided by the six elements.
        Accuracy.Check<double>("Gram", 1e-24, [14 / 6.0, 32 / 6.0, 32 / 6.0, 77 / 6.0], GramLoss.Gram(backend, features));
    }

    // F = [1 2], [0 1] and G = [5 2; 2 1] / 4; the target's [3 0], [0 0] has G' = [9 0; 0 0] / 4.
    [Fact]
    public void ValueAndGradientMatchTheDefinition()
    {
        using CpuBackend backend = CpuBackend.Create();
        (double loss, float[] gradient) = LossCheck.Evaluate(backend, Term, 2, Tap, new TensorShape(2, 1, 2), [1, 2, 0, 1], [3, 0, 0, 0]);
        // 2·((-4)² + 2² + 2² + 1²) / 16
        Assert.Equal(2 * 25 / 16.0, loss, 1e-6);
        // 4·2/4 · [-1 0.5; 0.5 0.25]·[1 2; 0 1]
        Assert.Equal([-2f, -3f, 1f, 2.5f], gradient.Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void TheGradientMatchesFiniteDifferences()
    {
        using CpuBackend backend = CpuBackend.Create();
        TensorShape shape = new(9, 4, 5);
        // The loss is of fourth order, so the central differences have an error of the order of the squared step.
        LossCheck.Differences(backend, Term, 3, Tap, shape, LossCheck.Numbers(shape, 1), LossCheck.Numbers(shape, 2), 1e-6);
    }

    [Fact]
    public void TheTargetMayHaveAnotherSize()
    {
        using CpuBackend backend = CpuBackend.Create();
        TensorShape shape = new(3, 2, 4);
        float[] features = LossCheck.Numbers(shape, 1);
        // The same pixels twice have the same Gram matrix.
        float[] twice = [.. features.Chunk(shape.Pixels).SelectMany(channel => channel.Concat(channel))];
        Assert.Equal(0, LossCheck.Evaluate(backend, Term, 1, Tap, shape, features, twice).Loss, 1e-10);
    }

    [Fact]
    public void SumsOverItsTaps() =>
        Assert.Equal(["relu1_1", "relu2_1"], new GramLoss([LossTap.Level(1), LossTap.Level(2), LossTap.Level(1)]).Taps);
}
