namespace Wct.Kernels;

/// <summary>What is done in one pass with a convolution, so that nothing large is written between.</summary>
[Flags]
public enum Fusion
{
    /// <summary>The convolution alone.</summary>
    None = 0,

    /// <summary>The input is enlarged by two (nearest neighbor) before.</summary>
    UpsampleInput = 1,

    /// <summary>The output is pooled (2x2 maximum, stride 2) after the activation.</summary>
    PoolOutput = 2,
}
