namespace Wct.Kernels;

/// <summary>What convolutions may compute in.</summary>
public enum ConvolutionPrecision
{
    /// <summary>Single precision throughout.</summary>
    Single,

    /// <summary>Where a device has tensor cores for it, inputs and weights of wide 3x3 layers are rounded to half precision (11 bits; numbers beyond
    /// ±65504 become these); sums stay in single precision. Everything else is done in single precision.</summary>
    Half,

    /// <summary>Where a device has tensor cores for it, inputs and weights of wide 3x3 layers are rounded to TF32 (11 bits, with single precision's
    /// range); sums stay in single precision. Everything else is done in single precision.</summary>
    Tf32,
}
