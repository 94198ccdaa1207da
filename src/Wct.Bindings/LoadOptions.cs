namespace Wct.Bindings;

/// <summary>Choices for loading a model.</summary>
public sealed class LoadOptions
{
    /// <summary>What computes: "auto" (the default; never fails), "cpu", "cuda", "cuda:1", "opencl", "opencl:1".</summary>
    public string Device { get; set; } = "auto";

    /// <summary>Threads to compute with, the caller's among them; 0 takes one per processor. On a GPU: those for the host's part.</summary>
    public int Threads { get; set; }

    /// <summary>What convolutions may compute in. It makes a difference on NVIDIA cards with compute capability 8.0 and later
    /// only.</summary>
    public ConvolutionPrecision Precision { get; set; }

    /// <summary>Called with one line when a call falls back: to tiles, because a device lacks the memory that it reported, or to less
    /// memory than
    /// <see cref="StylizeOptions.MaxMemory"/>. Comes on the thread that made the call; what it throws comes out of the call when it ends.
    /// Null for none.</summary>
    public Action<string>? OnWarning { get; set; }
}
