using Wct.Net;

namespace Wct.Training.Losses;

/// <summary>A style picture of a <see cref="GramLoss"/>, and the part of the result that it is for.</summary>
/// <param name="Picture">The style, in any layout. Transparent pixels don't count.</param>
public sealed record StyleTarget(PixelImage Picture)
{
    /// <summary>The weight beside other styles with the same mask, above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The share that the style has in each pixel of the result, in any size; null for the whole result. Styles with the same
    /// mask (the same object) are mixed by weight.</summary>
    public StyleMask? Mask { get; init; }

    /// <summary>The share that each pixel of the style has in its Gram matrices, in any size; null for all of them.</summary>
    public StyleMask? StyleMask { get; init; }

    /// <summary>The share of each pixel of the style: <see cref="StyleMask"/> times alpha; null if all are 1.</summary>
    internal StyleMask? Shares() => Visibility.Combine(Visibility.Of(Picture), StyleMask);
}
