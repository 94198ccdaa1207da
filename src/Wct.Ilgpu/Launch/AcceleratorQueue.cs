using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Ilgpu.Launch;

/// <summary>A queue on an ILGPU accelerator's stream. Handles of buffers and of application views are
/// consecutive numbers.</summary>
internal sealed unsafe class AcceleratorQueue : GpuQueue
{
    private readonly ConcurrentDictionary<nint, ArrayView<byte>> _views = [];
    private readonly Dictionary<nint, MemoryBuffer1D<byte, Stride1D.Dense>> _buffers = [];
    private readonly List<AcceleratorKernel> _kernels = [];
    private long _lastHandle;
    private bool _isDisposing;

    private AcceleratorQueue(Accelerator accelerator, AcceleratorStream stream)
    {
        (Accelerator, Stream) = (accelerator, stream);
        GpuDevice device = AcceleratorDevice.Of(accelerator);
        // OpenCL guarantees that one buffer can have a quarter of the device memory. CUDA and ILGPU's CPU accelerator have no such limit.
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

    /// <summary>Called before <see cref="Dispose"/>. From then on, <see cref="WaitFor"/> doesn't fail if the application has already
    /// disposed of its accelerator or stream.</summary>
    internal void BeginDispose() => _isDisposing = true;

    /// <summary>Registers an application's view, so that it can be a kernel argument until <see cref="UnregisterView"/>.</summary>
    internal GpuBuffer RegisterView(ArrayView<byte> view)
    {
        nint handle = (nint)Interlocked.Increment(ref _lastHandle);
        _views[handle] = view;
        return new GpuBuffer(handle, view.Length);
    }

    /// <summary>Unregisters a view. Kernels that are already enqueued may still read and write it.</summary>
    internal void UnregisterView(GpuBuffer buffer) => _views.TryRemove(buffer.Handle, out _);

    /// <summary>Enqueues a copy between views of the same length.</summary>
    internal void Copy(ArrayView<byte> source, ArrayView<byte> destination) => Invoke(() => destination.CopyFrom(Stream, source));

    /// <summary>Copies a view to the host, and waits until the copy is done.</summary>
    internal void Read(ArrayView<byte> source, Span<byte> destination)
    {
        fixed (byte* to = destination)
            Download(source, to, destination.Length, waits: true);
    }

    /// <summary>Copies host memory to a view, and waits until the copy is done.</summary>
    internal void Write(ReadOnlySpan<byte> source, ArrayView<byte> destination)
    {
        fixed (byte* from = source)
            Upload(from, destination, source.Length, waits: true);
    }

    /// <summary>Enqueues a fill of a view.</summary>
    internal void Fill(ArrayView<byte> view, byte value) => Invoke(() => view.MemSet(Stream, value));

    internal override GpuBuffer Allocate(long bytes)
    {
        MemoryBuffer1D<byte, Stride1D.Dense>? buffer = null;
        Invoke(() => buffer = Accelerator.Allocate1D<byte>(bytes));
        GpuBuffer registered = RegisterView(buffer!.View);
        _buffers.Add(registered.Handle, buffer);
        return registered;
    }

    internal override void Free(GpuBuffer buffer)
    {
        UnregisterView(buffer);
        if (_buffers.Remove(buffer.Handle, out MemoryBuffer1D<byte, Stride1D.Dense>? own) && !Accelerator.IsDisposed)
            Invoke(own.Dispose);
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

    // ILGPU has events only in contexts with profiling. Without them, this waits for the whole stream.
    internal override void WaitFor(nint deviceEvent)
    {
        if (deviceEvent != 0 && !(_isDisposing && IsGone))
            Invoke(Stream.Synchronize);
    }

    internal override nint Load(KernelModule module)
    {
        Invoke(() => _kernels.Add(new AcceleratorKernel(Accelerator, module)));
        return _kernels.Count - 1;
    }

    internal override void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        AcceleratorKernel own = _kernels[(int)kernel];
        object[] values = new object[arguments.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = arguments[i].Buffer is { } buffer ? own.Argument(i, _views[buffer.Handle]) : arguments[i].Number;
        Invoke(() => own.Launch(Stream, grid, values));
    }

    public override void Dispose()
    {
        // Disposing of an accelerator also disposes of its buffers and kernels.
        if (IsGone)
            return;
        Invoke(Stream.Synchronize);
        _kernels.ForEach(kernel => Invoke(kernel.Dispose));
        foreach (GpuBuffer left in _buffers.Select(buffer => new GpuBuffer(buffer.Key, buffer.Value.Length)).ToArray())
            Free(left);
    }

    private void Upload(byte* from, ArrayView<byte> to, int bytes, bool waits) => Invoke(() =>
    {
        to.CopyFromCPUUnsafeAsync(Stream, ref *from, bytes);
        if (waits)
            Stream.Synchronize();
    });

    private void Download(ArrayView<byte> from, byte* to, int bytes, bool waits) => Invoke(() =>
    {
        from.CopyToCPUUnsafeAsync(Stream, ref *to, bytes);
        if (waits)
            Stream.Synchronize();
    });

    private bool IsGone => Accelerator.IsDisposed || Stream.IsDisposed;

    private static void CheckAlive(bool isDisposed, string name, string what)
    {
        if (isDisposed)
            throw new ObjectDisposedException(name, $"The backend's {what} was disposed of.");
    }

    // Runs work with the accelerator bound to this thread, and turns ILGPU's exceptions into ours.
    private void Invoke(Action work)
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
