using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary>The values of the options that the commands for optimizing pixels share.</summary>
internal sealed record OptimizerRequest
{
    /// <summary>The loss network's file or folder; "builtin" for the built-in one.</summary>
    internal required string Network { get; init; }

    /// <summary>The options for the library, without the network and what depends on files.</summary>
    internal required PixelOptimizerOptions Options { get; init; }

    /// <summary>The weight of the total variation.</summary>
    internal double VariationWeight { get; init; }

    /// <summary>The taps of the style's loss; null for its defaults.</summary>
    internal IReadOnlyList<TapWeight>? StyleTaps { get; init; }

    /// <summary>The folder for intermediate pictures; null for none.</summary>
    internal string? SaveSteps { get; init; }

    /// <summary>Length in pixels to which to resize the content's shorter side; 0 keeps the size.</summary>
    internal int ContentSide { get; init; }

    /// <summary>Length in pixels to which to resize the styles' shorter sides; 0 keeps the size.</summary>
    internal int StyleSide { get; init; }

    /// <summary>The result's file.</summary>
    internal required string Output { get; init; }

    /// <summary>All files that are read.</summary>
    internal IReadOnlyList<string?> Inputs { get; init; } = [];

    /// <summary>Quality of a lossy result, 1 to 100; 0 for the format's default.</summary>
    internal int Quality { get; init; }

    /// <summary>Maximum number of pixels of a picture, before and after resizing.</summary>
    internal long MaxPixels { get; init; }

    /// <summary>Whether a result may replace an input.</summary>
    internal bool Force { get; init; }

    /// <summary>Whether to print only errors.</summary>
    internal bool Quiet { get; init; }
}
