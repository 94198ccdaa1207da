using System.Runtime.InteropServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

/// <summary>Computes on a GPU with CUDA or OpenCL.</summary>
/// <remarks>
/// Operations are enqueued and run in order; only those that return numbers to the host wait. The backend doesn't train. After
/// <see cref="Dispose"/>, every operation throws <see cref="ObjectDisposedException"/>; tensors and convolutions may still be disposed of.
/// Other assemblies can't derive from it.
/// </remarks>
public partial class GpuBackend : Backend
{
    // A span has at most 2^31 - 1 bytes.
    private const int UploadElements = 1 << 28;

    // A GPU does roughly 10 TFLOP/s in single precision, and a host core 20 GFLOP/s in double precision.
    private const int DeviceMultiplyAdds = 500;

    private readonly Lock _lock = new();
    private readonly GpuQueue _queue;
    private readonly KernelLauncher _launch;
    private readonly CollectingQueue? _collector;
    private readonly GpuMemory _memory;
    private readonly StagingBuffers _staging;
    private readonly Workers _workers;
    private readonly ConvolutionPrecision _precision;
    private volatile bool _disposed;

    /// <summary>Creates the backend on a queue and takes ownership of it. Tests pass a queue that needs no driver.</summary>
    internal GpuBackend(GpuDevice device, GpuQueue queue, int threads, ConvolutionPrecision precision)
    {
        Device = device;
        // OpenCL devices that are the processor, and GPUs that share its memory, are no faster than the host.
        RootsFrom = device.IsCpu || device.SharesMemory ? int.MaxValue : WorthwhileChannels;
        _precision = device.TensorCores ? precision : ConvolutionPrecision.Single;
        _collector = queue is ILaunchRecorder recorder ? new CollectingQueue(queue, recorder) : null;
        _queue = _collector ?? queue;
        _launch = new KernelLauncher(_queue);
        _memory = new GpuMemory(_queue, DeviceMemoryBudget!.Value);
        _staging = new StagingBuffers(_queue);
        _workers = new Workers(threads == 0 ? Environment.ProcessorCount : threads);
    }

    /// <summary>The device that computes.</summary>
    public GpuDevice Device { get; }

    /// <inheritdoc/>
    public override string Name => $"{Device.Name} ({Device.Id})";

    /// <inheritdoc/>
    public override bool HasIdleHostThreads => _workers.Count > 1;

    /// <inheritdoc/>
    public override int HostMultiplyCost => Device.IsCpu ? base.HostMultiplyCost : DeviceMultiplyAdds;

    /// <summary>Peak of the device memory in use since the last <see cref="FreeCachedBuffers"/>, in bytes.</summary>
    internal long PeakBytes => _memory.Peak;

    /// <summary>Device memory in use or kept for reuse, in bytes.</summary>
    internal long HeldBytes => _memory.Held;

    /// <summary>Limit of the device memory, in bytes; null for none. Tests use it to simulate a device that other programs fill.</summary>
    internal long? MemoryLimit
    {
        set
        {
            lock (_lock)
                _memory.Limit = value;
        }
    }

    /// <summary>Creates a backend on a CUDA or OpenCL device.</summary>
    /// <param name="device">From <see cref="GpuDevices.Find"/>.</param>
    /// <param name="threads">Threads for the host's part of the work; 0 for one per processor.</param>
    /// <param name="precision">Precision of convolutions. Devices without tensor cores always compute in single precision.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="NotSupportedException">The device lacks what the kernels need, or is an ILGPU accelerator.</exception>
    /// <exception cref="GpuException">The driver reports an error.</exception>
    /// <exception cref="OutOfMemoryException">The device has no memory left for a queue.</exception>
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
            _collector?.Discard();
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

    /// <summary>Takes a buffer from the backend's memory.</summary>
    /// <param name="bytes">Bytes that the buffer needs; it may have more.</param>
    /// <param name="purpose">What needs the buffer; the exception's message starts with it.</param>
    /// <exception cref="InsufficientMemoryException">The device has too little memory.</exception>
    internal GpuBuffer Rent(long bytes, string purpose)
    {
        using (Enter())
            return _memory.Rent(bytes, purpose);
    }

    /// <summary>Returns a buffer. Work that uses it may still be enqueued: the queue is in order, so it runs before work of the next
    /// owner.</summary>
    internal void Return(GpuBuffer buffer)
    {
        lock (_lock)
        {
            // A disposed backend has freed all its memory.
            if (!_disposed)
                _memory.Return(buffer);
        }
    }

    // Every operation takes this lock. It throws after Dispose, which frees the driver's objects.
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
}
