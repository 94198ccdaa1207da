namespace Wct.Net;

/// <summary>Choices for loading a model.</summary>
public sealed record LoadOptions
{
    /// <summary>Threads to compute with, the caller's among them; 0 takes one per processor.</summary>
    public int Threads { get; init; }
}
