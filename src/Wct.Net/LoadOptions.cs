namespace Wct.Net;

/// <summary>Choices for loading a model.</summary>
public sealed record LoadOptions
{
    /// <summary>What computes.</summary>
    public DeviceChoice Device { get; init; }

    /// <summary>Threads to compute with, the caller's among them; 0 takes one per processor. On a GPU: those for the host's part.</summary>
    public int Threads { get; init; }
}
