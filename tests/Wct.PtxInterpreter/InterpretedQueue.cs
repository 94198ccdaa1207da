using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Cuda;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;
using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter;

/// <summary>A CUDA device that interprets PTX, so that tests can run the CUDA kernels without a GPU.</summary>
/// <remarks>It checks that the kernels compute the right results by PTX's rules and access only their own memory. It says nothing about
/// their speed.</remarks>
internal sealed unsafe partial class InterpretedQueue : GpuQueue
{
    private static readonly ConcurrentDictionary<string, PtxKernel> Kernels = [];

    private readonly InterpretedMemory _memory = new();

    internal static GpuDevice Device { get; } = new()
    {
        Interface = GpuInterface.Cuda,
        Index = 0,
        Name = "PTX interpreter",
        Driver = "none",
        Memory = 1L << 30,
        IsCpu = true,
    };

    internal override long LargestBuffer => Device.Memory;

    internal override GpuBuffer Allocate(long bytes)
    {
        CheckNotRecording();
        return _memory.Allocate(bytes);
    }

    internal override void Free(GpuBuffer buffer)
    {
        CheckNotRecording();
        CheckNotRecorded(buffer);
        _memory.Free(buffer);
    }

    internal override PinnedMemory AllocatePinned(int bytes)
    {
        CheckNotRecording();
        return new((nint)NativeMemory.Alloc((nuint)bytes), 0);
    }

    internal override void Free(PinnedMemory memory)
    {
        CheckNotRecording();
        NativeMemory.Free((void*)memory.Pointer);
    }

    internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes)
    {
        Bytes(destination, offset, bytes, source, out Span<byte> device, out Span<byte> host);
        host.CopyTo(device);
        return 0;
    }

    internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes)
    {
        Bytes(source, offset, bytes, destination, out Span<byte> device, out Span<byte> host);
        device.CopyTo(host);
        return 0;
    }

    // Work runs when it is enqueued, so there is nothing to wait for.
    internal override void WaitFor(nint deviceEvent) => CheckNotRecording();

    public override void Dispose()
    {
        CheckNothingRecorded();
        _memory.Dispose();
    }

    internal override nint Load(KernelModule module)
    {
        CheckNotRecording();
        PtxKernel kernel = Kernels.GetOrAdd(module.Name, _ => PtxParser.Parse(Encoding.UTF8.GetString(module.Text(GpuInterface.Cuda))));
        return kernel.Name == module.EntryPoint
            ? 0 : throw new PtxException($"{module} has the entry {kernel.Name}, not {module.EntryPoint}.");
    }

    internal override void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        if (!TryRecord(module, grid, arguments))
            Run(module, grid, arguments);
    }

    private void Run(KernelModule module, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        CudaArgument* values = stackalloc CudaArgument[arguments.Length];
        Span<nint> pointers = stackalloc nint[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            values[i] = CudaArgument.Of(arguments[i], module.Parameters[i].ElementBytes);
            pointers[i] = (nint)(values + i);
        }

        PtxLaunch.Run(Kernels[module.Name], _memory, grid, module.ThreadBlockSize, pointers);
    }

    private void Bytes(GpuBuffer buffer, long offset, int bytes, PinnedMemory pinned, out Span<byte> device, out Span<byte> host)
    {
        CheckNotRecording();
        if (_memory.Find((ulong)buffer.Handle) != buffer || offset < 0 || offset + bytes > buffer.Bytes)
            throw new PtxException($"{bytes} bytes at {offset} are copied of a buffer of {buffer.Bytes} bytes, which may be freed.");
        device = new Span<byte>((byte*)buffer.Handle + offset, bytes);
        host = new Span<byte>((void*)pinned.Pointer, bytes);
    }
}
