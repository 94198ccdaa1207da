using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

/// <summary>A convolution's packed weights on the device.</summary>
internal sealed class GpuConvolution : Convolution
{
    private readonly GpuBackend _backend;
    private readonly GpuBuffer _weights, _bias;
    private GpuBuffer? _folded;
    private int _disposed;

    internal GpuConvolution(GpuWeights plan, GpuBackend backend)
        : base(plan.Shape)
    {
        (Plan, _backend) = (plan, backend);
        _weights = backend.Rent(plan.Bytes, $"The weights of {plan.Shape}");
        try
        {
            _bias = backend.Rent(plan.BiasLength * sizeof(float), $"The bias of {plan.Shape}");
        }
        catch
        {
            backend.Return(_weights);
            throw;
        }
    }

    /// <summary>Which kernel runs the convolution, and the layout of its weights.</summary>
    internal GpuWeights Plan { get; }

    internal GpuBuffer Weights => _disposed == 0 ? _weights : throw new ObjectDisposedException(nameof(Convolution));

    internal GpuBuffer Bias => _bias;

    /// <summary>The folded weights for upsampled inputs; null until the first such convolution.</summary>
    internal GpuBuffer? Folded
    {
        get => _disposed == 0 ? _folded : throw new ObjectDisposedException(nameof(Convolution));
        set => _folded = value;
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _backend.Return(_weights);
        _backend.Return(_bias);
        if (_folded is not null)
            _backend.Return(_folded);
    }
}
