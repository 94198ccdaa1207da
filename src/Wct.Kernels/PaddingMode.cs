namespace Wct.Kernels;

/// <summary>What a convolution reads outside of its input.</summary>
public enum PaddingMode
{
    /// <summary>The input, reflected at its border pixels, which are not repeated. If a side is shorter than the reach, it is reflected
    /// again. A side of one pixel repeats that pixel.</summary>
    Reflect,

    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The pixels of the opposite side, as often as needed: the input is repeated like a tile.</summary>
    Circular,
}
