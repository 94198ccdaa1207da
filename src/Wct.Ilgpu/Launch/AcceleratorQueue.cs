using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Ilgpu.Launch;

/// <summary>A queue on an ILGPU accelerator's stream. Buffers and lent views have numbers as handles.</summary>
internal sealed unsafe class AcceleratorQueue : GpuQueue
{
    private readonly ConcurrentDictionary<nint, ArrayView<byte>> _views = [];
    private readonly Dictionary<nint, MemoryBuffer1D<byte, Stride1D.Dense>> _buffers = [];
    private readonly List<AcceleratorKernel> _kernels = [];
    private long _last;
    private bool _isLeaving;

    private AcceleratorQueue(Accelerator accelerator, AcceleratorStream stream)
    {
        (Accelerator, Stream) = (accelerator, stream);
        GpuDevice device = AcceleratorDevice.Of(accelerator);
        // OpenCL guarantees buffers of a quarter of the memory; others have no limit.
        LargestBuffer = accelerator.AcceleratorType == AcceleratorType.OpenCL ? device.Memory / 4 : device.Memory;
    }

    internal Accelerator Accelerator { get; }

    internal AcceleratorStream Stream { get; }

    internal override long LargestBuffer { get; }

    /// <summary>Checks the application's accelerator and stream, and opens a queue on them.</summary>
    /// <exception cref="ArgumentException">The stream belongs to another accelerator.</exception>
    /// <exception cref="NotSupportedException">The accelerator lacks what the kernels need.</exception>
    /// <exception cref="ObjectDisposedException">The accelerator or the stream was disposed of.</exception>
    internal static AcceleratorQueue Open(Accelerator accelerator, AcceleratorStream? stream)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        CheckAlive(accelerator.IsDisposed, nameof(accelerator), "accelerator");
        stream ??= accelerator.DefaultStream;
        CheckAlive(stream.IsDisposed, nameof(stream), "stream");
        if (stream.Accelerator != accelerator)
            throw new ArgumentException($"'stream' belongs to {stream.Accelerator}, 'accelerator' is {accelerator}.", nameof(stream));
        AcceleratorDevice.Check(accelerator);
        return new AcceleratorQueue(accelerator, stream);
    }

    /// <summary>Called before <see cref="Dispose"/>. From then on, <see cref="Wait"/> doesn't fail if the application has already disposed
    /// of its accelerator.</summary>
    internal void Leave() => _isLeaving = true;

    /// <summary>Makes a view of the application usable as a kernel's argument, until <see cref="GiveBack"/>.</summary>
    internal GpuBuffer Lend(ArrayView<byte> view)
    {
        nint handle = (nint)Interlocked.Increment(ref _last);
        _views[handle] = view;
        return new GpuBuffer(handle, view.Length);
    }

    /// <summary>Ends the use of a lent view. Enqueued kernels still use it.</summary>
    internal void GiveBack(GpuBuffer buffer) => _views.TryRemove(buffer.Handle, out _);

    /// <summary>Enqueues a copy between views of the same length.</summary>
    internal void Copy(ArrayView<byte> source, ArrayView<byte> destination) => Do(() => destination.CopyFrom(Stream, source));

    /// <summary>Copies a view to the host and waits for it.</summary>
    internal void Read(ArrayView<byte> source, Span<byte> destination)
    {
        fixed (byte* to = destination)
            Download(source, to, destination.Length, waits: true);
    }

    /// <summary>Copies bytes of the host to a view and waits for it.</summary>
    internal void Write(ReadOnlySpan<byte> source, ArrayView<byte> destination)
    {
        fixed (byte* from = source)
            Upload(from, destination, source.Length, waits: true);
    }

    /// <summary>Enqueues a fill of a view.</summary>
    internal void Fill(ArrayView<byte> view, byte value) => Do(() => view.MemSet(Stream, value));

    internal override GpuBuffer Allocate(long bytes)
    {
        MemoryBuffer1D<byte, Stride1D.Dense>? buffer = null;
        Do(() => buffer = Accelerator.Allocate1D<byte>(bytes));
        GpuBuffer lent = Lend(buffer!.View);
        _buffers.Add(lent.Handle, buffer);
        return lent;
    }

    internal override void Free(GpuBuffer buffer)
    {
        GiveBack(buffer);
        if (_buffers.Remove(buffer.Handle, out MemoryBuffer1D<byte, Stride1D.Dense>? own) && !Accelerator.IsDisposed)
            Do(own.Dispose);
    }

    internal override PinnedMemory AllocatePinned(int bytes) => new((nint)NativeMemory.Alloc((nuint)bytes), 0);

    internal override void Free(PinnedMemory memory) => NativeMemory.Free((void*)memory.Pointer);

    internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes)
    {
        Upload((byte*)source.Pointer, _views[destination.Handle].SubView(offset, bytes), bytes, waits: false);
        return 1;
    }

    internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes)
    {
        Download(_views[source.Handle].SubView(offset, bytes), (byte*)destination.Pointer, bytes, waits: false);
        return 1;
    }

    // ILGPU's events need a context with profiling, so this waits for everything enqueued.
    internal override void Wait(nint mark)
    {
        if (mark != 0 && !(_isLeaving && IsGone))
            Do(Stream.Synchronize);
    }

    internal override nint Load(KernelModule module)
    {
        Do(() => _kernels.Add(new AcceleratorKernel(Accelerator, module)));
        return _kernels.Count - 1;
    }

    internal override void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        AcceleratorKernel own = _kernels[(int)kernel];
        object[] values = new object[arguments.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = arguments[i].Buffer is { } buffer ? own.Argument(i, _views[buffer.Handle]) : arguments[i].Number;
        Do(() => own.Launch(Stream, grid, values));
    }

    public override void Dispose()
    {
        // Disposing of an accelerator disposes of everything on it.
        if (IsGone)
            return;
        Do(Stream.Synchronize);
        _kernels.ForEach(kernel => Do(kernel.Dispose));
        foreach (GpuBuffer left in _buffers.Select(buffer => new GpuBuffer(buffer.Key, buffer.Value.Length)).ToArray())
            Free(left);
    }

    private void Upload(byte* from, ArrayView<byte> to, int bytes, bool waits) => Do(() =>
    {
        to.CopyFromCPUUnsafeAsync(Stream, ref *from, bytes);
        if (waits)
            Stream.Synchronize();
    });

    private void Download(ArrayView<byte> from, byte* to, int bytes, bool waits) => Do(() =>
    {
        from.CopyToCPUUnsafeAsync(Stream, ref *to, bytes);
        if (waits)
            Stream.Synchronize();
    });

    private bool IsGone => Accelerator.IsDisposed || Stream.IsDisposed;

    private static void CheckAlive(bool isDisposed, string name, string what)
    {
        if (isDisposed)
            throw new ObjectDisposedException(name, $"The {what} that the backend computes on was disposed of.");
    }

    // Binds the accelerator to the thread, and translates ILGPU's exceptions.
    private void Do(Action work)
    {
        CheckAlive(Accelerator.IsDisposed, nameof(Accelerator), "accelerator");
        CheckAlive(Stream.IsDisposed, nameof(Stream), "stream");
        try
        {
            using ScopedAcceleratorBinding binding = Accelerator.BindScoped();
            work();
        }
        catch (AcceleratorException error)
        {
            throw AcceleratorFailure.Of(error);
        }
    }
}
