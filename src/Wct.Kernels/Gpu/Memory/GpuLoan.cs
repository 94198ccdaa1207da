namespace Wct.Kernels.Gpu.Memory;

/// <summary>Memory for the length of an operation, given back even if the operation fails.</summary>
internal readonly ref struct GpuLoan(GpuMemory memory, GpuBuffer buffer)
{
    internal GpuBuffer Buffer => buffer;

    public void Dispose() => memory.Return(buffer);

    public static implicit operator Launch.GpuArgument(GpuLoan loan) => loan.Buffer;
}
