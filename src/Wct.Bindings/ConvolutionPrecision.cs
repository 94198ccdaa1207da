namespace Wct.Bindings;

/// <summary>What convolutions compute in.</summary>
public enum ConvolutionPrecision
{
    /// <summary>Single precision throughout.</summary>
    Single,

    /// <summary>Wide layers in half precision where a device has tensor cores for it; sums stay in single precision.</summary>
    Half,

    /// <summary>Wide layers in TF32 where a device has tensor cores for it; sums stay in single precision.</summary>
    Tf32,
}
