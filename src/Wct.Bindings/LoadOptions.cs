namespace Wct.Bindings;

/// <summary>Options for loading a model.</summary>
public sealed class LoadOptions
{
    /// <summary>The device: "auto" (the default; never fails), "cpu", "cuda", "cuda:1", "opencl", "opencl:1".</summary>
    public string Device { get; set; } = "auto";

    /// <summary>Number of threads, the caller's included; 0 for one per processor. On a GPU: threads for the host's part of the
    /// work.</summary>
    public int Threads { get; set; }

    /// <summary>Precision of convolutions. It only makes a difference on NVIDIA cards with compute capability 8.0 and later.</summary>
    public ConvolutionPrecision Precision { get; set; }

    /// <summary>Called with one line when a call falls back: to tiles, because a device lacks the memory that it reported, or to less
    /// memory than <see cref="StylizeOptions.MaxMemory"/>. Also called when a picture of a recipe is damaged, but could be read. It is
    /// called on the thread that made the call. An exception that it throws is rethrown when the call ends. Null for none.</summary>
    public Action<string>? OnWarning { get; set; }
}
