namespace Wct.Net.Models;

/// <summary>The weights of one normalization, with checked lengths and finite values: a scale and a shift per style and channel. Batch
/// normalizations also have a mean and a variance per channel.</summary>
/// <remarks>Immutable. The arrays are not copied; the caller must not change them afterwards.</remarks>
public sealed class NormalizationWeights
{
    /// <summary>ε of layers that don't set it.</summary>
    internal const double DefaultEpsilon = 1e-5;

    /// <summary>Checks the weights of one normalization.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="styles">Number of styles, at least 1.</param>
    /// <param name="channels">Channels, at least 1.</param>
    /// <param name="scale">[styles, channels].</param>
    /// <param name="shift">[styles, channels].</param>
    /// <param name="constants">Mean and variance of a batch normalization; null for an instance normalization.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/>, <paramref name="scale"/> or <paramref name="shift"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">A size is below 1, a length differs from the shape, or a value is not finite.</exception>
    public NormalizationWeights(
        string name, int styles, int channels, float[] scale, float[] shift, ChannelConstants? constants = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(shift);
        if (styles < 1 || channels < 1)
            throw new ArgumentException($"{name}: [{styles}, {channels}] is no shape; sizes are positive.");
        Check(name, "scale", scale, (long)styles * channels);
        Check(name, "shift", shift, (long)styles * channels);
        if (constants is not null)
        {
            Check(name, "mean", constants.Mean.Span, channels);
            Check(name, "variance", constants.Variance.Span, channels);
        }

        (Name, Styles, Channels, Scale, Shift, BatchConstants) = (name, styles, channels, scale, shift, constants);
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>Number of styles.</summary>
    public int Styles { get; }

    /// <summary>Channels.</summary>
    public int Channels { get; }

    /// <summary>[Styles, Channels].</summary>
    public ReadOnlyMemory<float> Scale { get; }

    /// <summary>[Styles, Channels].</summary>
    public ReadOnlyMemory<float> Shift { get; }

    /// <summary>Mean and variance of a batch normalization; null for an instance normalization.</summary>
    public ChannelConstants? BatchConstants { get; }

    /// <summary>Number of weights.</summary>
    public long Parameters => Scale.Length + Shift.Length + (BatchConstants is null ? 0 : 2L * Channels);

    /// <summary>The same normalization for one mixture of its styles.</summary>
    /// <param name="weights">A weight per style.</param>
    internal NormalizationWeights Mixed(IReadOnlyList<double> weights) => new(
        Name, 1, Channels, [.. Mixture(Scale, weights).Select(value => (float)value)],
        [.. Mixture(Shift, weights).Select(value => (float)value)], BatchConstants);

    /// <summary>Computes factor and offset for styles and statistics.</summary>
    /// <param name="styles">A weight per style.</param>
    /// <param name="factor">[Channels]. In: the variance. Out: scale/√(variance + ε).</param>
    /// <param name="offset">[Channels]. Out: the shift.</param>
    /// <param name="epsilon">ε.</param>
    internal void Mix(IReadOnlyList<double> styles, Span<double> factor, Span<double> offset, double epsilon)
    {
        double[] scale = Mixture(Scale, styles), shift = Mixture(Shift, styles);
        for (int c = 0; c < Channels; c++)
        {
            factor[c] = scale[c] / Math.Sqrt(factor[c] + epsilon);
            offset[c] = shift[c];
        }
    }

    /// <exception cref="ArgumentException">There are none.</exception>
    internal ChannelConstants Constants(string layer) => BatchConstants
        ?? throw new ArgumentException($"The batch normalization '{layer}' has no mean and variance.", nameof(layer));

    /// <summary>What is wrong with ε; null if nothing is.</summary>
    internal static string? Problem(double epsilon) =>
        epsilon > 0 && double.IsFinite(epsilon) ? null : FormattableString.Invariant($"epsilon is {epsilon}, it must be above 0");

    private double[] Mixture(ReadOnlyMemory<float> rows, IReadOnlyList<double> weights)
    {
        double[] mixed = new double[Channels];
        for (int s = 0; s < Styles; s++)
        {
            ReadOnlySpan<float> row = rows.Span.Slice(s * Channels, Channels);
            // A layer without styles of its own is the same in each mixture.
            double weight = Styles == 1 ? 1 : weights[s];
            for (int c = 0; c < Channels; c++)
                mixed[c] += weight * row[c];
        }

        return mixed;
    }

    private static void Check(string name, string what, ReadOnlySpan<float> values, long needed)
    {
        if (values.Length != needed)
            throw new ArgumentException($"{name}: the {what} has {values.Length} elements, the shape needs {needed}.");
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(
                    FormattableString.Invariant($"{name}: element {i} of the {what} is {values[i]}, not a finite number."));
        }
    }
}
