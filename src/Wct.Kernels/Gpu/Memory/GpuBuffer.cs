namespace Wct.Kernels.Gpu.Memory;

/// <summary>A buffer in a device's memory.</summary>
/// <param name="Handle">CUDA's address or OpenCL's memory object.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record GpuBuffer(nint Handle, long Bytes);

/// <summary>A buffer that is borrowed for one operation; disposing returns it to the memory.</summary>
internal readonly ref struct GpuLoan(GpuMemory memory, GpuBuffer buffer)
{
    internal GpuBuffer Buffer => buffer;

    public void Dispose() => memory.Return(buffer);

    public static implicit operator GpuBuffer(GpuLoan loan) => loan.Buffer;
}

/// <summary>Pinned memory of the host, which the device reads and writes directly.</summary>
/// <param name="Pointer">Address of the first byte.</param>
/// <param name="Handle">The driver's handle, if it has one.</param>
internal sealed record PinnedMemory(nint Pointer, nint Handle);
