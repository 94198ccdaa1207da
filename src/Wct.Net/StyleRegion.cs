namespace Wct.Net;

/// <summary>A region of the content and the style that it gets.</summary>
/// <param name="Mask">The style's share in each pixel of the content, whose size it has. Where the masks of all regions add up to more than
/// 1, the shares are scaled to 1; where they add up to less, the rest stays content. Null for the whole picture.</param>
/// <param name="Style">The style.</param>
public sealed record StyleRegion(StyleMask? Mask, PreparedStyle Style)
{
    /// <summary>α in [0, 1] in this region, at every level that has no strength of its own; null for
    /// <see cref="StylizeOptions.Strength"/>.</summary>
    public double? Strength { get; init; }
}
