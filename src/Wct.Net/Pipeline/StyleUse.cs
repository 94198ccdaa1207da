using Wct.Net.Transparency;

namespace Wct.Net.Pipeline;

/// <summary>A style as a run uses it.</summary>
/// <param name="Style">The style.</param>
/// <param name="Mask">Its share in each pixel of the content; null for the whole picture.</param>
/// <param name="Strength">The region's strength; null for that of all levels.</param>
internal sealed record StyleUse(PreparedStyle Style, StyleMask? Mask = null, double? Strength = null)
{
    /// <summary>The share of each pixel in the content's statistics; null if all are 1.</summary>
    /// <param name="visibility">Which pixels of the content are visible; null if all are.</param>
    internal PixelShares? Measured(Visibility? visibility) => PixelShares.Of(visibility, Mask);

    /// <summary>The share of the style in each pixel of the result; null if all are 1.</summary>
    internal PixelShares? Shown => PixelShares.Of(visibility: null, Mask);
}
