using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>A kernel's argument: a buffer or an int. Only <see cref="KernelLauncher"/> makes lists of them.</summary>
internal readonly record struct GpuArgument
{
    private GpuArgument(GpuBuffer? buffer, int number) => (Buffer, Number) = (buffer, number);

    /// <summary>The buffer; null for an int.</summary>
    internal GpuBuffer? Buffer { get; }

    /// <summary>The int; 0 for a buffer.</summary>
    internal int Number { get; }

    public static implicit operator GpuArgument(GpuBuffer buffer) => new(buffer, 0);

    public static implicit operator GpuArgument(int number) => new(null, number);
}
