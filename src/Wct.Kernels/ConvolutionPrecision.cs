namespace Wct.Kernels;

/// <summary>Arithmetic precision of convolutions.</summary>
public enum ConvolutionPrecision
{
    /// <summary>Single precision everywhere.</summary>
    Single,

    /// <summary>On devices with tensor cores for it, inputs and weights of wide 3x3 layers are rounded to half precision (11 significant
    /// bits; values beyond ±65504 are clamped to it). Sums, and all other layers, are in single precision.</summary>
    Half,

    /// <summary>On devices with tensor cores for it, inputs and weights of wide 3x3 layers are rounded to TF32 (11 significant bits, with
    /// the range of single precision). Sums, and all other layers, are in single precision.</summary>
    Tf32,
}
