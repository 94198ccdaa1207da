using System.CommandLine;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary>Options of losses, for the commands that optimize pixels and those that train feed-forward networks.</summary>
internal static class LossOptions
{
    private const int LongestSide = 1 << 20;

    /// <summary>The pooling of the loss network; see <see cref="PoolingOf"/>.</summary>
    internal static Option<string?> Pool() => new("--pool")
    {
        Description = "Pooling of the network: max, as it was trained; or average, whose results are smoother. Without it: average for the "
            + "built-in network, max for others.",
        HelpName = "max|average",
        CustomParser = Values.OneOf("--pool", ["max", "average"]),
    };

    /// <summary>The pooling that <see cref="Pool"/> says.</summary>
    /// <param name="given">The option's value; null if it isn't given.</param>
    /// <param name="network">The loss network's path.</param>
    internal static PoolingKind PoolingOf(string? given, string network) =>
        given is null ? Defaults.Pooling(network) : given == "average" ? PoolingKind.Average : PoolingKind.Max;

    /// <summary>The weight of the total variation.</summary>
    internal static Option<double> Variation(double weight) =>
        NumberOption.Real("--tv-weight", "Weight of the total variation: more is smoother.", 0, 1e12, weight);

    /// <summary>The size of styles.</summary>
    internal static Option<long> StyleSize() => new("--style-size")
    {
        Description = "Resize each style so that its shorter side has this many pixels, its proportions kept. A smaller one gives finer "
            + "strokes. Without it: its own size.",
        HelpName = "PIXELS",
        CustomParser = Values.Whole("--style-size", 1, LongestSide),
    };

    /// <summary>The taps of the style.</summary>
    internal static Option<IReadOnlyList<TapWeight>?> StyleTaps() => new("--style-taps")
    {
        Description = $"Taps at which the style is compared ({TapText.Help}), with weights if need be. Without it: 1,2,3,4 with equal "
            + "weights.",
        HelpName = "1,2,3:0.5",
        CustomParser = TapText.Taps("--style-taps"),
    };

    /// <summary>The tap of the content.</summary>
    internal static Option<string?> ContentTap() => new("--content-tap")
    {
        Description = $"Tap at which the content is compared: {TapText.Help}. Without it: {Defaults.ContentTap}.",
        HelpName = "TAP",
        CustomParser = TapText.Tap("--content-tap"),
    };
}
