namespace Wct.Net.Models;

/// <summary>The operations of a network's layers.</summary>
public enum LayerKind
{
    /// <summary>Convolution with stride 1 that keeps the sides: 3x3 with reflection padding 1, or 1x1.</summary>
    Convolution,

    /// <summary>Max pooling of 2x2 with stride 2.</summary>
    MaxPool,

    /// <summary>Nearest-neighbor upsampling, which doubles the sides.</summary>
    Upsample,

    /// <summary>Sum of two maps of the same shape.</summary>
    Add,
}
