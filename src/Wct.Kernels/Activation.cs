namespace Wct.Kernels;

/// <summary>What is done to each output of a convolution.</summary>
public enum Activation
{
    /// <summary>Nothing: y = x.</summary>
    None,

    /// <summary>y = max(0, x).</summary>
    Relu,

    /// <summary>y = min(1, max(0, x)): the range of a picture.</summary>
    Clamp,
}
