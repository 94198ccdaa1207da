namespace Wct.Kernels.Cpu;

/// <summary>Choices for the CPU backend.</summary>
public sealed record CpuBackendOptions
{
    /// <summary>Threads in all, the caller's among them; 0 takes one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Vector width; null takes what <see cref="IsaSelection.Current"/> gives.</summary>
    public Isa? Isa { get; init; }

    /// <summary>Where memory comes from.</summary>
    internal NativeBufferSource BufferSource { get; init; } = new();
}
