namespace Wct.Kernels;

/// <summary>Activation function that a convolution applies to its output.</summary>
public enum Activation
{
    /// <summary>No activation: y = x.</summary>
    None,

    /// <summary>y = max(0, x).</summary>
    Relu,

    /// <summary>y = min(1, max(0, x)), the range of pictures.</summary>
    Clamp,
}
