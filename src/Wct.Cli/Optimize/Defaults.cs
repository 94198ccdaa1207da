using Wct.Cli.Weights;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary>The defaults of <c>wct optimize</c>, chosen by looking at results.</summary>
internal static class Defaults
{
    // Of relative losses.
    internal const double StyleWeight = 100, PatchWeight = 1, ContentWeight = 1, VariationWeight = 3;

    internal const double TemporalWeight = 100;

    internal const int Steps = 200;

    internal const int TextureSteps = 200, InversionSteps = 200;

    internal const double InversionVariationWeight = 0.001;

    /// <summary>The tap of the content as users write it.</summary>
    internal const string ContentTap = "4";

    /// <summary>The name of the tap of the content.</summary>
    internal const string ContentTapName = "relu4_1";

    /// <summary>The pooling of a network. The gradient of the built-in network's maximum makes noisy results.</summary>
    /// <param name="network">The network's file or folder, or "builtin".</param>
    internal static PoolingKind Pooling(string network) =>
        network == ModelInput.BuiltInName ? PoolingKind.Average : PoolingKind.Max;

    /// <summary>The losses of an optimization.</summary>
    internal static ILossTerm[] Losses(PixelImage content, PixelImage style) =>
    [
        new RelativeLoss(new GramLoss(style), StyleWeight), new RelativeLoss(new ContentLoss(content, ContentTapName), ContentWeight),
        new TotalVariationLoss(VariationWeight),
    ];
}
