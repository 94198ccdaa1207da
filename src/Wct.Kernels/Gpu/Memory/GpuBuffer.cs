namespace Wct.Kernels.Gpu.Memory;

/// <summary>A piece of a device's memory.</summary>
/// <param name="Handle">What the driver knows it by: CUDA's address, OpenCL's object.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record GpuBuffer(nint Handle, long Bytes);
