using Wct.Cli.Optimize;
using Wct.Cli.Progress;
using Wct.Cli.Weights;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training;

namespace Wct.Cli.Methods;

/// <summary>The optimization of pixels, as <c>wct optimize</c> does it without options.</summary>
/// <param name="network">The built-in encoder.</param>
/// <param name="steps">Number of steps, at least 1.</param>
/// <param name="colors">How the result keeps the photo's colors.</param>
/// <param name="threads">Threads to compute with; 0 for one per processor.</param>
internal sealed class OptimizeMethod(EncoderWeights network, int steps, ColorPreservation colors, int threads) : IStyleMethod
{
    // The second step is the first one that uses the history of L-BFGS.
    private const int StepsOfWarmUp = 2;

    public string Name => OptimizeCommand.Name;

    public PixelImage Run(
        PixelImage content, PixelImage style, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken) =>
        Run(content, style, steps, progress, cancellationToken);

    public void WarmUp(PixelImage picture, CancellationToken cancellationToken) =>
        Run(picture, picture, StepsOfWarmUp, progress: null, cancellationToken);

    private PixelImage Run(
        PixelImage content, PixelImage style, int count, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        PixelOptimizerOptions options = new()
        {
            Network = network,
            Pooling = Defaults.Pooling(ModelInput.BuiltInName),
            Steps = count,
            PreserveColor = colors,
            Threads = threads,
        };
        PixelImage picture = PixelOptimizer.RunAsync(
            content, Defaults.Losses(content, style), options, progress is null ? null : new PixelSteps(progress), cancellationToken)
            .GetAwaiter().GetResult();
        // A canceled run gives the best picture so far, which isn't that of the method.
        cancellationToken.ThrowIfCancellationRequested();
        return picture;
    }
}
