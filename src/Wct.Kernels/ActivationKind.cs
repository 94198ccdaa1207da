namespace Wct.Kernels;

/// <summary>Kinds of activation functions.</summary>
public enum ActivationKind
{
    /// <summary>No activation: y = x.</summary>
    None,

    /// <summary>y = max(0, x).</summary>
    Relu,

    /// <summary>y = min(1, max(0, x)), the range of pictures.</summary>
    Clamp,

    /// <summary>y = tanh(x).</summary>
    Tanh,

    /// <summary>y = x if x &gt; 0, and slope·x otherwise.</summary>
    LeakyRelu,
}
