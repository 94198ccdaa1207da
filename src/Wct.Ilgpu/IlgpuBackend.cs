using ILGPU.Runtime;
using Wct.Ilgpu.Launch;
using Wct.Kernels;
using Wct.Kernels.Gpu;

namespace Wct.Ilgpu;

/// <summary>Computes on an ILGPU <see cref="ILGPU.Runtime.Accelerator"/> of the application, on one of its streams and in its
/// memory.</summary>
/// <remarks>
/// The application owns the accelerator and the stream. They must outlive the backend; <see cref="Dispose"/> frees only what the backend
/// allocated. Operations are enqueued on the stream, in order with the application's own work there. Any thread may call: each operation
/// binds the accelerator to its thread, and restores the thread's binding afterwards. If the accelerator was disposed of, every operation
/// throws an <see cref="ObjectDisposedException"/>. ILGPU compiles each kernel when it first runs. The backend doesn't train.
/// </remarks>
public sealed class IlgpuBackend : GpuBackend
{
    private readonly AcceleratorQueue _accelerated;

    /// <summary>Creates a backend on an accelerator.</summary>
    /// <param name="accelerator">The accelerator that computes. ILGPU's CPU accelerator needs thread blocks of 256 threads, such as
    /// <c>new CPUDevice(32, 8, 1)</c>; its default is 16.</param>
    /// <param name="stream">A stream of the accelerator; null for its default stream.</param>
    /// <param name="threads">Threads for the host's part of the work; 0 for one per processor.</param>
    /// <param name="precision">Precision of convolutions. Accelerators without tensor cores (<see cref="GpuDevice.TensorCores"/>) always
    /// compute in single precision.</param>
    /// <exception cref="ArgumentNullException"><paramref name="accelerator"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="stream"/> belongs to another accelerator.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    /// <exception cref="NotSupportedException">The accelerator lacks what the kernels need; the message has both values.</exception>
    /// <exception cref="ObjectDisposedException">The accelerator or the stream was disposed of.</exception>
    public IlgpuBackend(
        Accelerator accelerator, AcceleratorStream? stream = null, int threads = 0,
        ConvolutionPrecision precision = ConvolutionPrecision.Single)
        : this(AcceleratorQueue.Open(accelerator, stream), Checked(threads), precision)
    {
    }

    private IlgpuBackend(AcceleratorQueue queue, int threads, ConvolutionPrecision precision)
        : base(AcceleratorDevice.Of(queue.Accelerator), queue, threads, precision) => _accelerated = queue;

    /// <summary>The accelerator that computes. The application owns it.</summary>
    public Accelerator Accelerator => _accelerated.Accelerator;

    /// <summary>The stream on which operations are enqueued. The application owns it.</summary>
    public AcceleratorStream Stream => _accelerated.Stream;

    /// <summary>The name of the accelerator and its type, for people to read.</summary>
    public override string Name => $"{Device.Name} (ILGPU, {Accelerator.AcceleratorType})";

    /// <summary>The queue, for copies of pictures in the accelerator's memory.</summary>
    internal AcceleratorQueue Queue => _accelerated;

    /// <summary>Frees the backend's memory and kernels. The accelerator and the stream stay; they may already be disposed of.</summary>
    public override void Dispose()
    {
        _accelerated.BeginDispose();
        base.Dispose();
    }

    private static int Checked(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        return threads;
    }
}
