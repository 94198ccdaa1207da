namespace Wct.Net.Transforms;

/// <summary>A style's features at one level, for transforms that need more than statistics. Immutable; safe for use by several
/// threads.</summary>
public sealed class StyleFeatures
{
    /// <summary>The largest number of values, so that a style file can store them in one tensor.</summary>
    internal const int MostValues = (1 << 29) - 1;

    /// <summary>The largest number of pixels, so that a search can number their patches in single precision.</summary>
    internal const int MostPixels = (1 << 24) - 128;

    private readonly float[] _values, _shares;

    /// <summary>The arrays are not copied.</summary>
    internal StyleFeatures(int channels, int height, int width, float[] values, float[] shares) =>
        (Channels, Height, Width, _values, _shares) = (channels, height, width, values, shares);

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>h.</summary>
    public int Height { get; }

    /// <summary>w.</summary>
    public int Width { get; }

    /// <summary>[C, h, w], after ReLU, not centered.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>[h, w]: the share of each feature pixel in the style, 0 to 1; empty if all are 1. Hidden pixels and a style's mask reduce
    /// it.</summary>
    public ReadOnlySpan<float> Shares => _shares;
}
