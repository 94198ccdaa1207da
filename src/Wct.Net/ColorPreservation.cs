namespace Wct.Net;

/// <summary>How a result keeps the colors of its content. Immutable.</summary>
/// <remarks>Gatys et al., "Preserving Color in Neural Artistic Style Transfer", 2016.</remarks>
public sealed record ColorPreservation
{
    private ColorPreservation(ColorPreservationMethod method) => Method = method;

    /// <summary>The result has the style's colors.</summary>
    public static ColorPreservation None { get; } = new(ColorPreservationMethod.None);

    /// <summary>Before the style is measured, an affine map gives its pixels the mean and covariance of the content's colors.</summary>
    public static ColorPreservation Linear { get; } = new(ColorPreservationMethod.Linear);

    /// <summary>The result's luminance is kept, and its colors are replaced by the content's (NTSC YIQ).</summary>
    public static ColorPreservation Luminance { get; } = new(ColorPreservationMethod.Luminance);

    /// <summary>Before the style is measured, each of its color channels gets the histogram of the content's channel.</summary>
    public static ColorPreservation Histogram { get; } = new(ColorPreservationMethod.Histogram);

    /// <summary>The method.</summary>
    public ColorPreservationMethod Method { get; }

    /// <summary>From 0 (colors of the style) to 1 (colors of the content).</summary>
    public double Strength { get; init; } = 1;

    /// <summary>Whether the style's pixels are changed before it is measured.</summary>
    internal bool ChangesStyle => Method is ColorPreservationMethod.Linear or ColorPreservationMethod.Histogram && Strength > 0;
}

/// <summary>The methods of <see cref="ColorPreservation"/>.</summary>
public enum ColorPreservationMethod
{
    /// <summary>See <see cref="ColorPreservation.None"/>.</summary>
    None,

    /// <summary>See <see cref="ColorPreservation.Linear"/>.</summary>
    Linear,

    /// <summary>See <see cref="ColorPreservation.Luminance"/>.</summary>
    Luminance,

    /// <summary>See <see cref="ColorPreservation.Histogram"/>.</summary>
    Histogram,
}
