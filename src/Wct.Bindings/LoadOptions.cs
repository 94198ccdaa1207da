namespace Wct.Bindings;

/// <summary>Choices for loading a model.</summary>
public sealed class LoadOptions
{
    /// <summary>What computes: "auto" (the default; never fails), "cpu", "cuda", "cuda:1", "opencl", "opencl:1".</summary>
    public string Device { get; set; } = "auto";

    /// <summary>Threads to compute with, the caller's among them; 0 takes one per processor. On a GPU: those for the host's part.</summary>
    public int Threads { get; set; }
}
