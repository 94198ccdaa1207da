using Wct.Kernels.Gpu.Cuda;
using Wct.Kernels.Gpu.Memory;
using Wct.Kernels.Gpu.OpenCl;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>An in-order queue of a device: a CUDA stream, an OpenCL command queue, or an ILGPU accelerator's stream.</summary>
/// <remarks>
/// Work runs in the order in which it is enqueued. A freed buffer may therefore be reused at once: kernels that still read it were enqueued
/// before those that write it. One thread may call at a time; it may be a different thread each time.
/// </remarks>
internal abstract class GpuQueue : IDisposable
{
    private readonly Dictionary<KernelModule, nint> _loaded = [];

    /// <summary>Opens a queue on a CUDA or OpenCL device.</summary>
    /// <exception cref="GpuException">The driver reports an error.</exception>
    internal static GpuQueue Open(GpuDevice device) =>
        device.Interface == GpuInterface.Cuda ? new CudaQueue(device) : new OpenClQueue(device);

    /// <summary>The largest buffer that the device can allocate, in bytes.</summary>
    internal abstract long LargestBuffer { get; }

    /// <summary>Allocates device memory.</summary>
    /// <exception cref="OutOfMemoryException">The device has no such buffer left.</exception>
    internal abstract GpuBuffer Allocate(long bytes);

    /// <summary>Frees device memory.</summary>
    internal abstract void Free(GpuBuffer buffer);

    /// <summary>Allocates pinned host memory.</summary>
    internal abstract PinnedMemory AllocatePinned(int bytes);

    /// <summary>Frees pinned host memory.</summary>
    internal abstract void Free(PinnedMemory memory);

    /// <summary>Enqueues a copy from the host to the device.</summary>
    /// <returns>An event for <see cref="WaitFor"/>.</returns>
    internal abstract nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes);

    /// <summary>Enqueues a copy from the device to the host.</summary>
    /// <returns>An event for <see cref="WaitFor"/>.</returns>
    internal abstract nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes);

    /// <summary>Waits until everything enqueued before an event is done, and frees the event. Event 0 is always done.</summary>
    internal abstract void WaitFor(nint deviceEvent);

    /// <summary>Launches a kernel over a grid of thread blocks. The module is loaded at its first launch.</summary>
    /// <param name="module">The kernel.</param>
    /// <param name="grid">Thread blocks in each dimension.</param>
    /// <param name="arguments">In the order of the kernel's parameters; <see cref="KernelLauncher"/> guarantees it.</param>
    /// <exception cref="NotSupportedException">The grid is too large for a launch.</exception>
    internal void Launch(KernelModule module, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        if (!_loaded.TryGetValue(module, out nint kernel))
            _loaded.Add(module, kernel = Load(module));
        Enqueue(module, kernel, grid.Checked(), arguments);
    }

    /// <summary>Launches a kernel with at least one thread per item.</summary>
    /// <exception cref="NotSupportedException">There are too many items for one launch.</exception>
    internal void Launch(KernelModule module, long items, ReadOnlySpan<GpuArgument> arguments) =>
        Launch(module, GridSize.For(items, module.ThreadBlockSize), arguments);

    public abstract void Dispose();

    /// <summary>Loads a module.</summary>
    /// <returns>The driver's handle of the kernel.</returns>
    internal abstract nint Load(KernelModule module);

    /// <summary>Enqueues a launch.</summary>
    internal abstract void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments);
}
