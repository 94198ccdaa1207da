using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>An argument of a kernel: memory or a number.</summary>
internal readonly record struct GpuArgument
{
    private GpuArgument(GpuBuffer? buffer, int number) => (Buffer, Number) = (buffer, number);

    /// <summary>Null for a number.</summary>
    internal GpuBuffer? Buffer { get; }

    internal int Number { get; }

    public static implicit operator GpuArgument(GpuBuffer buffer) => new(buffer, 0);

    public static implicit operator GpuArgument(int number) => new(null, number);
}
