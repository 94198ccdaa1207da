using System.Globalization;

namespace Wct.Kernels;

/// <summary>Activation function that a convolution or normalization applies to its output. All are monotonic and continuous.</summary>
public readonly record struct Activation
{
    private Activation(ActivationKind kind, float slope = 0) => (Kind, Slope) = (kind, slope);

    /// <summary>No activation: y = x.</summary>
    public static Activation None => default;

    /// <summary>y = max(0, x).</summary>
    public static Activation Relu => new(ActivationKind.Relu);

    /// <summary>y = min(1, max(0, x)), the range of pictures.</summary>
    public static Activation Clamp => new(ActivationKind.Clamp);

    /// <summary>y = tanh(x).</summary>
    public static Activation Tanh => new(ActivationKind.Tanh);

    /// <summary>The kind of function.</summary>
    public ActivationKind Kind { get; }

    /// <summary>Slope of a leaky ReLU below zero; 0 for other kinds.</summary>
    public float Slope { get; }

    /// <summary>Whether the function is a clamp to a range: [0, ∞), [0, 1] or all numbers. Convolutions apply those while they
    /// write.</summary>
    internal bool IsRange => Kind is ActivationKind.None or ActivationKind.Relu or ActivationKind.Clamp;

    /// <summary>Smallest result of a clamp.</summary>
    internal float Low => Kind == ActivationKind.None ? float.NegativeInfinity : 0;

    /// <summary>Largest result of a clamp.</summary>
    internal float High => Kind == ActivationKind.Clamp ? 1 : float.PositiveInfinity;

    /// <summary>y = x if x &gt; 0, and <paramref name="slope"/>·x otherwise.</summary>
    /// <param name="slope">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is outside of 0..1, or not a number.</exception>
    public static Activation LeakyRelu(float slope) => slope is >= 0 and <= 1 ? new(ActivationKind.LeakyRelu, slope)
        : throw new ArgumentOutOfRangeException(nameof(slope), slope, "The slope of a leaky ReLU is 0 to 1.");

    /// <inheritdoc/>
    public override string ToString() =>
        Kind == ActivationKind.LeakyRelu ? string.Create(CultureInfo.InvariantCulture, $"LeakyRelu({Slope})") : Kind.ToString();

    /// <summary>Scalar reference: the function's value.</summary>
    internal double Apply(double value) => Kind switch
    {
        ActivationKind.Relu => Math.Max(0, value),
        ActivationKind.Clamp => Math.Clamp(value, 0, 1),
        ActivationKind.Tanh => Math.Tanh(value),
        ActivationKind.LeakyRelu => value > 0 ? value : Slope * value,
        _ => value,
    };

    /// <summary>Scalar reference: the derivative, from the function's value. At a kink it is that of the side below.</summary>
    internal double Derivative(double output) => Kind switch
    {
        ActivationKind.Relu => output > 0 ? 1 : 0,
        ActivationKind.Clamp => output > 0 && output < 1 ? 1 : 0,
        ActivationKind.Tanh => 1 - output * output,
        ActivationKind.LeakyRelu => output > 0 ? 1 : Slope,
        _ => 1,
    };
}
