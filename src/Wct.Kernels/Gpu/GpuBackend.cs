using System.Runtime.InteropServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

/// <summary>A GPU, or another device that its driver compiles our kernels for.</summary>
/// <remarks>
/// Its operations are enqueued one after the other; only what returns numbers waits. It has no training operations. After <see cref="Dispose"/>, every operation
/// throws <see cref="ObjectDisposedException"/>; to dispose of tensors and convolutions then is harmless. Others can't derive from it.
/// </remarks>
public partial class GpuBackend : Backend
{
    // Spans of bytes have 31-bit lengths.
    private const int UploadElements = 1 << 28;

    // Ten TFLOP/s beside a core's twenty GFLOP/s in double, both roughly.
    private const int GpuProducts = 500;

    private readonly Lock _lock = new();
    private readonly GpuQueue _queue;
    private readonly CollectingQueue? _collector;
    private readonly GpuMemory _memory;
    private readonly StagingBuffers _staging;
    private readonly Workers _workers;
    private readonly ConvolutionPrecision _precision;
    private volatile bool _disposed;

    /// <summary>Starts the backend on a queue, which becomes its own; tests bring one that needs no driver.</summary>
    internal GpuBackend(GpuDevice device, GpuQueue queue, int threads, ConvolutionPrecision precision)
    {
        Device = device;
        // On the processor itself, and on chips that share its memory, the host is as quick.
        RootsFrom = device.IsCpu || device.SharesMemory ? int.MaxValue : WorthwhileChannels;
        _precision = device.TensorCores ? precision : ConvolutionPrecision.Single;
        _collector = queue is ILaunchRecorder recorder ? new CollectingQueue(queue, recorder) : null;
        _queue = _collector ?? queue;
        _memory = new GpuMemory(_queue, OwnMemory!.Value);
        _staging = new StagingBuffers(_queue);
        _workers = new Workers(threads == 0 ? Environment.ProcessorCount : threads);
    }

    /// <summary>Where it computes.</summary>
    public GpuDevice Device { get; }

    /// <inheritdoc/>
    public override string Name => $"{Device.Name} ({Device.Id})";

    /// <inheritdoc/>
    public override bool HostIsFree => _workers.Count > 1;

    /// <inheritdoc/>
    public override int HostMultiplyCost => Device.IsCpu ? base.HostMultiplyCost : GpuProducts;

    /// <summary>The most bytes of the device's memory in use at a time since the last <see cref="Trim"/>.</summary>
    internal long PeakBytes => _memory.Peak;

    /// <summary>Bytes of the device's memory in use, and kept for later.</summary>
    internal long HeldBytes => _memory.Held;

    /// <summary>Bytes of the device's memory that it takes at most; null for what there is. Tests of a device that others fill need it.</summary>
    internal long? MemoryLimit
    {
        set
        {
            lock (_lock)
                _memory.Limit = value;
        }
    }

    /// <summary>Starts the backend on a device.</summary>
    /// <param name="device">From <see cref="GpuDevices.Find"/>.</param>
    /// <param name="threads">Threads for the host's part of the work; 0 takes one per processor.</param>
    /// <param name="precision">What its convolutions may compute in.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads.</exception>
    /// <exception cref="NotSupportedException">The device lacks what the kernels need.</exception>
    /// <exception cref="GpuException">The driver refuses.</exception>
    public static GpuBackend Create(GpuDevice device, int threads = 0, ConvolutionPrecision precision = ConvolutionPrecision.Single)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (device.Interface == GpuInterface.Ilgpu)
            throw new NotSupportedException($"{device} is used by IlgpuBackend of the package Wct.Ilgpu.");
        if (device.MissingFeature is not null)
            throw new NotSupportedException($"{device} can't be used: it lacks {device.MissingFeature}.");
        return new GpuBackend(device, GpuQueue.Open(device), threads, precision);
    }

    /// <inheritdoc/>
    public override void RunOnHost(int tasks, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(_disposed, this);
        _workers.Run(tasks, work);
    }

    /// <inheritdoc/>
    public override Tensor Allocate(TensorShape shape) => new GpuTensor(shape, this);

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            _collector?.Drop();
            try
            {
                _staging.Dispose();
                _memory.Dispose();
            }
            finally
            {
                _queue.Dispose();
                _workers.Dispose();
            }
        }
    }

    /// <exception cref="InsufficientMemoryException">The memory can't be had; the message names the purpose.</exception>
    internal GpuBuffer Rent(long bytes, string purpose)
    {
        using (Enter())
            return _memory.Rent(bytes, purpose);
    }

    /// <summary>Whatever still uses it was enqueued before whoever gets it next.</summary>
    internal void Return(GpuBuffer buffer)
    {
        lock (_lock)
        {
            // With the backend, all its memory is gone.
            if (!_disposed)
                _memory.Return(buffer);
        }
    }

    // Every operation passes here, one at a time: with the backend, the driver's objects are gone.
    private Lock.Scope Enter()
    {
        Lock.Scope scope = _lock.EnterScope();
        if (!_disposed)
            return scope;
        scope.Dispose();
        throw new ObjectDisposedException(nameof(GpuBackend));
    }

    private static GpuBuffer Data(Tensor tensor) => ((GpuTensor)tensor).Buffer;

    private void Upload<T>(ReadOnlySpan<T> source, GpuBuffer destination, long offset = 0)
        where T : unmanaged
    {
        for (int at = 0; at < source.Length; at += UploadElements)
        {
            ReadOnlySpan<T> part = source.Slice(at, Math.Min(UploadElements, source.Length - at));
            _staging.Upload(MemoryMarshal.AsBytes(part), destination, offset + (long)at * Marshal.SizeOf<T>());
        }
    }

    private void Download<T>(GpuBuffer source, Span<T> destination, long offset = 0)
        where T : unmanaged
    {
        for (int at = 0; at < destination.Length; at += UploadElements)
        {
            Span<T> part = destination.Slice(at, Math.Min(UploadElements, destination.Length - at));
            _staging.Download(source, MemoryMarshal.AsBytes(part), offset + (long)at * Marshal.SizeOf<T>());
        }
    }

    // One item per thread.
    private void LaunchOver(long items, string kernel, params ReadOnlySpan<GpuArgument> arguments) =>
        _queue.Launch(kernel, GridSize.For(items, KernelModules.Get(kernel).GroupSize), arguments);
}
