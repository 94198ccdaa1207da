namespace Wct.Kernels.Gpu.Memory;

/// <summary>Memory of the host that the device reads and writes by itself.</summary>
/// <param name="Pointer">Its first byte.</param>
/// <param name="Handle">What the driver knows it by.</param>
internal sealed record PinnedMemory(nint Pointer, nint Handle);
