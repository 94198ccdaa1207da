using System.Globalization;

namespace Wct.Bindings;

/// <summary>How a result keeps the colors of its content. Immutable.</summary>
/// <remarks>Gatys et al., "Preserving Color in Neural Artistic Style Transfer", 2016.</remarks>
public sealed class ColorPreservation
{
    /// <summary>Creates a method with a strength.</summary>
    /// <param name="method">The method.</param>
    /// <param name="strength">From 0 (colors of the style) to 1 (colors of the content).</param>
    public ColorPreservation(ColorPreservationMethod method, double strength = 1) => (Method, Strength) = (method, strength);

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
    public double Strength { get; }

    /// <summary>The text for the library: "luminance:0.5".</summary>
    /// <exception cref="ArgumentException">The method is not defined.</exception>
    internal string Text
    {
        get
        {
            string name = Method switch
            {
                ColorPreservationMethod.None => "none",
                ColorPreservationMethod.Linear => "linear",
                ColorPreservationMethod.Luminance => "luminance",
                ColorPreservationMethod.Histogram => "histogram",
                _ => throw new ArgumentException($"There is no color preservation {(int)Method}."),
            };
            bool hasStrength = Method != ColorPreservationMethod.None && !Strength.Equals(1.0);
            // "R" loses bits on .NET Framework.
            return hasStrength ? $"{name}:{Strength.ToString("G17", CultureInfo.InvariantCulture)}" : name;
        }
    }
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
