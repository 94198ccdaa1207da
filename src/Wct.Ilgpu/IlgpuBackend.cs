using ILGPU.Runtime;
using Wct.Ilgpu.Launch;
using Wct.Kernels;
using Wct.Kernels.Gpu;

namespace Wct.Ilgpu;

/// <summary>Computes on an ILGPU <see cref="ILGPU.Runtime.Accelerator"/> that the application brings: on one of its streams and in its memory.</summary>
/// <remarks>
/// The accelerator and the stream stay the application's and must outlive the backend; <see cref="Dispose"/> frees only what the backend allocated. Operations are
/// enqueued on the stream, so they run in order with the application's own work there. Any thread may call: the accelerator is bound to it for the length of each
/// operation, and what was bound before is bound again. After the accelerator was disposed of, every operation throws <see cref="ObjectDisposedException"/>.
/// Kernels are compiled by ILGPU when they first run. It doesn't train.
/// </remarks>
public sealed class IlgpuBackend : GpuBackend
{
    private readonly AcceleratorQueue _accelerated;

    /// <summary>Starts the backend on an accelerator.</summary>
    /// <param name="accelerator">What computes. ILGPU's CPU accelerator needs groups of 256 threads; by default it has 16.</param>
    /// <param name="stream">One of the accelerator's; null takes its default stream.</param>
    /// <param name="threads">Threads for the host's part of the work; 0 takes one per processor.</param>
    /// <param name="precision">What its convolutions may compute in. Accelerators without tensor cores (<see cref="GpuDevice.TensorCores"/>) compute in single
    /// precision, whatever is asked for.</param>
    /// <exception cref="ArgumentException">The stream belongs to another accelerator.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads.</exception>
    /// <exception cref="NotSupportedException">The accelerator lacks what the kernels need; the message names both values.</exception>
    /// <exception cref="ObjectDisposedException">The accelerator or the stream was disposed of.</exception>
    public IlgpuBackend(
        Accelerator accelerator, AcceleratorStream? stream = null, int threads = 0, ConvolutionPrecision precision = ConvolutionPrecision.Single)
        : this(AcceleratorQueue.Open(accelerator, stream), Checked(threads), precision)
    {
    }

    private IlgpuBackend(AcceleratorQueue queue, int threads, ConvolutionPrecision precision)
        : base(AcceleratorDevice.Of(queue.Accelerator), queue, threads, precision) => _accelerated = queue;

    /// <summary>What computes. It is the application's.</summary>
    public Accelerator Accelerator => _accelerated.Accelerator;

    /// <summary>Where operations are enqueued. It is the application's.</summary>
    public AcceleratorStream Stream => _accelerated.Stream;

    /// <summary>The accelerator and its kind, for people.</summary>
    public override string Name => $"{Device.Name} (ILGPU, {Accelerator.AcceleratorType})";

    /// <summary>The queue, for pictures in the accelerator's memory.</summary>
    internal AcceleratorQueue Queue => _accelerated;

    /// <summary>Frees the backend's memory and kernels. The accelerator and the stream are left alone; they may be gone already.</summary>
    public override void Dispose()
    {
        _accelerated.Leave();
        base.Dispose();
    }

    private static int Checked(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        return threads;
    }
}
