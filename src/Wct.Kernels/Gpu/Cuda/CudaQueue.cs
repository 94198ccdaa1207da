using System.Runtime.InteropServices;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Cuda;

/// <summary>A queue on a stream of a CUDA device.</summary>
internal sealed unsafe partial class CudaQueue : GpuQueue
{
    private const uint NonBlocking = 1, WithoutTime = 2;

    private readonly List<nint> _modules = [];
    private readonly int _device;
    private readonly nint _context, _stream;

    internal CudaQueue(GpuDevice device)
    {
        _device = (int)device.Handle;
        LargestBuffer = device.Memory;
        CudaError.Check(CudaDriver.PrimaryContextRetain(out _context, _device));
        try
        {
            Enter();
            CudaError.Check(CudaDriver.StreamCreate(out _stream, NonBlocking));
        }
        catch
        {
            _ = CudaDriver.PrimaryContextRelease(_device);
            throw;
        }
    }

    internal override long LargestBuffer { get; }

    internal override GpuBuffer Allocate(long bytes)
    {
        Enter();
        CudaError.Check(CudaDriver.MemAlloc(out nint pointer, checked((nuint)bytes)));
        return new GpuBuffer(pointer, bytes);
    }

    // The result is ignored. A broken device fails here too, and this must not hide its first error, which was thrown where it occurred.
    internal override void Free(GpuBuffer buffer)
    {
        _ = CudaDriver.ContextSetCurrent(_context);
        _ = CudaDriver.MemFree(buffer.Handle);
    }

    internal override PinnedMemory AllocatePinned(int bytes)
    {
        Enter();
        CudaError.Check(CudaDriver.MemHostAlloc(out nint pointer, (nuint)bytes, 0));
        return new PinnedMemory(pointer, 0);
    }

    internal override void Free(PinnedMemory memory)
    {
        _ = CudaDriver.ContextSetCurrent(_context);
        _ = CudaDriver.MemFreeHost(memory.Pointer);
    }

    internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes)
    {
        Enter();
        CudaError.Check(CudaDriver.CopyToDevice(destination.Handle + (nint)offset, source.Pointer, (nuint)bytes, _stream));
        return Mark();
    }

    internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes)
    {
        Enter();
        CudaError.Check(CudaDriver.CopyToHost(destination.Pointer, source.Handle + (nint)offset, (nuint)bytes, _stream));
        return Mark();
    }

    internal override void WaitFor(nint deviceEvent)
    {
        if (deviceEvent == 0)
            return;
        Enter();
        CudaError.Check(CudaDriver.EventSynchronize(deviceEvent));
        CudaError.Check(CudaDriver.EventDestroy(deviceEvent));
    }

    internal override nint Load(KernelModule module)
    {
        Enter();
        nint loaded = Compile(module);
        _modules.Add(loaded);
        CudaError.Check(CudaDriver.ModuleGetFunction(out nint function, loaded, module.EntryPoint));
        return function;
    }

    // CUDA takes an array of pointers to the arguments.
    internal override void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        Enter();
        CudaArgument* values = stackalloc CudaArgument[arguments.Length];
        void** pointers = stackalloc void*[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            values[i] = CudaArgument.Of(arguments[i], module.Parameters[i].ElementBytes);
            pointers[i] = values + i;
        }

        CudaError.Check(CudaDriver.LaunchKernel(
            kernel, (uint)grid.X, (uint)grid.Y, (uint)grid.Z, (uint)module.ThreadBlockSize, 1, 1, 0, _stream, pointers, null));
    }

    public override void Dispose()
    {
        _ = CudaDriver.ContextSetCurrent(_context);
        // Results are ignored: a broken device fails here too, and its first error was already thrown.
        _ = CudaDriver.StreamSynchronize(_stream);
        foreach (nint module in _modules)
            _ = CudaDriver.ModuleUnload(module);
        _ = CudaDriver.StreamDestroy(_stream);
        _ = CudaDriver.PrimaryContextRelease(_device);
    }

    // If the module doesn't compile, the exception has the compiler's log, which says more than the error's name.
    private static nint Compile(KernelModule module)
    {
        const int LogBytes = 4096;
        byte* log = stackalloc byte[LogBytes];
        int* options = stackalloc int[2] { CudaDriver.ErrorLog, CudaDriver.ErrorLogBytes };
        void** values = stackalloc void*[2] { log, (void*)LogBytes };
        log[0] = 0;
        int loadModule;
        nint loaded;
        fixed (byte* text = module.Text(GpuInterface.Cuda))
            loadModule = CudaDriver.ModuleLoadData(out loaded, text, 2, options, values);
        if (loadModule != 0 && log[0] != 0)
            throw new GpuException($"CUDA: the driver can't compile {module.Name}: {Marshal.PtrToStringUTF8((nint)log)}");
        CudaError.Check(loadModule);
        return loaded;
    }

    private nint Mark()
    {
        CudaError.Check(CudaDriver.EventCreate(out nint deviceEvent, WithoutTime));
        CudaError.Check(CudaDriver.EventRecord(deviceEvent, _stream));
        return deviceEvent;
    }

    // The driver keeps a current context per thread, and calls come from any thread.
    private void Enter() => CudaError.Check(CudaDriver.ContextSetCurrent(_context));
}
