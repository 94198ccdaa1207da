namespace Wct.Bindings;

/// <summary>Arithmetic precision of convolutions.</summary>
public enum ConvolutionPrecision
{
    /// <summary>Single precision everywhere.</summary>
    Single,

    /// <summary>Wide layers compute in half precision on devices with tensor cores for it. Sums are in single precision.</summary>
    Half,

    /// <summary>Wide layers compute in TF32 on devices with tensor cores for it. Sums are in single precision.</summary>
    Tf32,
}
