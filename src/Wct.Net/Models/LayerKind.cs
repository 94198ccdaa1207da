namespace Wct.Net.Models;

/// <summary>What a layer of a network does.</summary>
public enum LayerKind
{
    /// <summary>Stride 1, sides kept: 3x3 with reflection padding 1, or 1x1.</summary>
    Convolution,

    /// <summary>Maximum of 2x2, stride 2.</summary>
    MaxPool,

    /// <summary>Nearest neighbor, twice the sides.</summary>
    Upsample,

    /// <summary>Sum of two maps of the same shape.</summary>
    Add,
}
