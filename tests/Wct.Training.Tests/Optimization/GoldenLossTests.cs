using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Training.Losses;
using Wct.Training.Optimization;

namespace Wct.Training.Tests.Optimization;

/// <summary>Compares losses and pixel gradients with those of an independent implementation in PyTorch.</summary>
public class GoldenLossTests
{
    [Theory]
    [InlineData("texture")]
    [InlineData("texture-avg")]
    [InlineData("transfer")]
    [InlineData("mrf")]
    public void LossesAndGradientsAgree(string name)
    {
        Golden golden = new(name);
        using CpuBackend backend = CpuBackend.Create();
        using PixelObjective objective = new(
            backend, Golden.Network, [.. golden.Terms().Select(term => new WeightedLoss(term, term.Weight))],
            golden.AveragePooling ? PoolingKind.Average : PoolingKind.Max);
        objective.Prepare(new ScaledPictures(backend, content: null, golden.Width, golden.Height, 0, ColorPreservation.None));
        using Tensor picture = backend.Tensor(new TensorShape(3, golden.Height, golden.Width), golden.Picture);
        using Tensor gradient = backend.Allocate(picture.Shape);
        double total = objective.Evaluate(picture, gradient);
        Assert.Equal(1, total / golden.Total, 1e-4);
        foreach ((string term, double expected) in golden.Losses)
            Assert.Equal(expected, objective.Losses[term], Math.Max(1e-4 * expected, 1e-9));
        Accuracy.Check<float>("gradient", 1e-6, golden.Gradient, backend.Numbers(gradient));
        // The same values without a gradient.
        Assert.Equal(objective.Losses.Terms, objective.Measure(picture).Terms);
    }

    // runs.json has what L-BFGS of PyTorch reached.
    [Theory]
    [InlineData("texture", 0.05704263597726822)]
    [InlineData("transfer", 7.57181453704834)]
    public async Task SixtyStepsReachTheReferencesLoss(string name, double reference)
    {
        PixelImage style = Golden.Read("style.png"), content = Golden.Read("content.png");
        List<PixelProgress> reports = [];
        PixelStart start = name == "texture" ? PixelStart.From(Golden.Read("noise.png")) : PixelStart.Content;
        PixelOptimizerOptions options = new() { Steps = 60, Network = Golden.Network, Start = start };
        ILossTerm[] terms = name == "texture" ? [new GramLoss(style)]
            : [new GramLoss(style, weight: 100), new ContentLoss(content, weight: 0.5), new TotalVariationLoss(0.1)];
        await PixelOptimizer.RunAsync(content, terms, options, new Listener(reports.Add), TestContext.Current.CancellationToken);
        Assert.Equal(60, reports.Count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{reports[^1].Losses.Total} after {reports[^1].Evaluations} evaluations, the reference {reference}");
        Assert.InRange(reports[^1].Losses.Total, 0, 1.15 * reference);
    }
}
