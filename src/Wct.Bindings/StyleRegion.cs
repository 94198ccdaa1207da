namespace Wct.Bindings;

/// <summary>A region of the content and the style that it gets.</summary>
public sealed class StyleRegion
{
    /// <summary>Creates a region.</summary>
    /// <param name="mask">The style's share in each pixel of the content, whose size it has. Where the masks of all regions add up to more
    /// than 1, the shares are scaled to 1; where they add up to less, the rest stays content. Null for the whole picture.</param>
    /// <param name="style">The style.</param>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    public StyleRegion(StyleMask? mask, PreparedStyle style) =>
        (Mask, Style) = (mask, style ?? throw new ArgumentNullException(nameof(style)));

    /// <summary>The style's share in each pixel; null for the whole picture.</summary>
    public StyleMask? Mask { get; }

    /// <summary>The style.</summary>
    public PreparedStyle Style { get; }

    /// <summary>α in [0, 1] in this region, at every level that has no strength of its own; null for
    /// <see cref="StylizeOptions.Strength"/>.</summary>
    public double? Strength { get; set; }
}
