using Wct.Kernels.Gpu.Cuda;
using Wct.Kernels.Gpu.Memory;
using Wct.Kernels.Gpu.OpenCl;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>What we ask of a driver. Whatever is enqueued runs in its order, so memory may be given to the next one while it is still in use.</summary>
/// <remarks>For one thread at a time; which one doesn't matter.</remarks>
internal abstract class GpuQueue : IDisposable
{
    private readonly Dictionary<string, (KernelModule Module, nint Kernel)> _kernels = [];

    /// <exception cref="GpuException">The driver refuses.</exception>
    internal static GpuQueue Open(GpuDevice device) => device.Interface == GpuInterface.Cuda ? new CudaQueue(device) : new OpenClQueue(device);

    /// <summary>The most bytes that one piece may have.</summary>
    internal abstract long LargestBuffer { get; }

    /// <exception cref="OutOfMemoryException">There is no such piece left.</exception>
    internal abstract GpuBuffer Allocate(long bytes);

    internal abstract void Free(GpuBuffer buffer);

    internal abstract PinnedMemory AllocatePinned(int bytes);

    internal abstract void Free(PinnedMemory memory);

    /// <summary>Enqueues a copy to the device.</summary>
    /// <returns>A mark for <see cref="Wait"/>.</returns>
    internal abstract nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes);

    /// <summary>Enqueues a copy to the host.</summary>
    /// <returns>A mark for <see cref="Wait"/>.</returns>
    internal abstract nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes);

    /// <summary>Waits until all that was enqueued up to the mark is done, and frees the mark. A mark of 0 is done.</summary>
    internal abstract void Wait(nint mark);

    /// <summary>Enqueues a kernel; its module is loaded when it is first used.</summary>
    internal void Launch(string name, GridSize groups, params ReadOnlySpan<GpuArgument> arguments)
    {
        if (!_kernels.TryGetValue(name, out (KernelModule Module, nint Kernel) loaded))
        {
            KernelModule module = KernelModules.Get(name);
            _kernels.Add(name, loaded = (module, Load(module)));
        }

        Check(loaded.Module, arguments);
        Enqueue(loaded.Module, loaded.Kernel, groups.Checked(), arguments);
    }

    public abstract void Dispose();

    /// <summary>Loads a module.</summary>
    /// <returns>What the driver knows its kernel by.</returns>
    internal abstract nint Load(KernelModule module);

    /// <summary>Enqueues a kernel with arguments that fit it.</summary>
    internal abstract void Enqueue(KernelModule module, nint kernel, GridSize groups, ReadOnlySpan<GpuArgument> arguments);

    // Kernels can't check anything: what doesn't fit the manifest is never launched.
    private static void Check(KernelModule module, ReadOnlySpan<GpuArgument> arguments)
    {
        if (arguments.Length != module.ElementBytes.Length)
            throw new InvalidOperationException($"{module} got {arguments.Length} arguments.");
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Buffer is null != (module.ElementBytes[i] == 0))
                throw new InvalidOperationException($"{module}: argument {i} is of the other kind.");
        }
    }
}
