namespace Wct.Kernels.Cpu;

/// <summary>Options of the CPU backend.</summary>
public sealed record CpuBackendOptions
{
    /// <summary>Number of threads, including the calling thread; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Vector width; null for <see cref="IsaSelection.Current"/>.</summary>
    public Isa? Isa { get; init; }

    /// <summary>Allocator of native memory.</summary>
    internal NativeBufferSource BufferSource { get; init; } = new();
}
