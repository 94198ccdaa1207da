using SixLabors.ImageSharp;
using Wct.Net;

namespace Wct.ImageSharp;

/// <summary>What a processor does with each frame.</summary>
/// <param name="Transfer">Computes.</param>
/// <param name="Options">Null for the defaults.</param>
/// <param name="Progress">Receives the progress over all frames; null for none.</param>
/// <param name="CancellationToken">Cancels the call.</param>
internal sealed record StylizeRequest(
    StyleTransfer Transfer, StylizeOptions? Options, IProgress<StylizeProgress>? Progress, CancellationToken CancellationToken)
{
    /// <summary>The regions and their styles; null if the style is a picture.</summary>
    internal IReadOnlyList<StyleRegion>? Regions { get; init; }

    /// <summary>The style as a picture; null if it was measured before.</summary>
    internal Image? Painting { get; init; }

    /// <summary>Whether the style depends on the frame, because it gets the frame's colors.</summary>
    internal bool Recolors =>
        Options?.PreserveColor?.Method is ColorPreservationMethod.Linear or ColorPreservationMethod.Histogram;
}
