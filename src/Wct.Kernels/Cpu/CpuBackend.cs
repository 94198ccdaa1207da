using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Cpu;

/// <summary>Computes on the CPU with SIMD kernels on all cores. It supports training.</summary>
/// <remarks><see cref="Create"/> creates one for the machine's vector width. Other assemblies can't derive from it.</remarks>
public abstract partial class CpuBackend : TrainingBackend
{
    private protected CpuBackend(Isa isa, CpuBackendOptions options)
    {
        Isa = isa;
        Workers = new Workers(options.Threads == 0 ? Environment.ProcessorCount : options.Threads);
        BufferSource = options.BufferSource;
        Pool = new BufferPool(BufferSource);
    }

    /// <summary>Vector width that the kernels use.</summary>
    public Isa Isa { get; }

    /// <summary>Number of threads, including the calling thread.</summary>
    public int Threads => Workers.Count;

    /// <inheritdoc/>
    public override string Name => $"CPU, {Isa}, {Threads} thread{(Threads == 1 ? "" : "s")}";

    private protected Workers Workers { get; }

    private protected NativeBufferSource BufferSource { get; }

    private protected BufferPool Pool { get; }

    /// <summary>Creates the backend for a vector width and a number of threads.</summary>
    /// <param name="options">Threads and vector width; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative.</exception>
    /// <exception cref="NotSupportedException">The processor doesn't support the requested vector width.</exception>
    public static CpuBackend Create(CpuBackendOptions? options = null)
    {
        options ??= new CpuBackendOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        Isa isa = options.Isa ?? IsaSelection.Current();
        if (!IsaSelection.Supported.Contains(isa))
            throw new NotSupportedException(
                $"{isa} is not supported by this machine; it supports {string.Join(", ", IsaSelection.Supported)}.");
        return isa switch
        {
            Isa.Vector512 => new CpuBackend<Vec512<float>, Vec512<double>>(isa, options),
            Isa.Vector256 => new CpuBackend<Vec256<float>, Vec256<double>>(isa, options),
            Isa.Vector128 => new CpuBackend<Vec128<float>, Vec128<double>>(isa, options),
            _ => new CpuBackend<VecScalar<float>, VecScalar<double>>(isa, options),
        };
    }

    /// <inheritdoc/>
    public override void RunOnHost(int tasks, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Workers.Run(tasks, work);
    }

    /// <inheritdoc/>
    public override Tensor Allocate(TensorShape shape) => new CpuTensor(shape, Pool);

    /// <inheritdoc/>
    public override void Dispose()
    {
        Workers.Dispose();
        Pool.Dispose();
        GC.SuppressFinalize(this);
    }
}
