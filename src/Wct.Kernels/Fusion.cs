namespace Wct.Kernels;

/// <summary>Operations fused into a convolution, so that large intermediate maps are never written.</summary>
[Flags]
public enum Fusion
{
    /// <summary>Only the convolution.</summary>
    None = 0,

    /// <summary>Upsample the input by two (nearest neighbor) before the convolution.</summary>
    UpsampleInput = 1,

    /// <summary>Pool the output (2x2 maximum, stride 2) after the activation.</summary>
    PoolOutput = 2,
}
