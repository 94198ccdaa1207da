using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

/// <summary>A tensor in the device's memory. The layout is [H, W, C]: the kernels read the channels of a pixel together.</summary>
internal sealed class GpuTensor : Tensor
{
    private readonly GpuBackend _backend;
    private GpuBuffer? _buffer;

    internal GpuTensor(TensorShape shape, GpuBackend backend)
        : base(shape)
    {
        _backend = backend;
        _buffer = backend.Rent(checked(shape.Length * sizeof(float)), $"A tensor of {shape}");
    }

    internal GpuBuffer Buffer => _buffer ?? throw new ObjectDisposedException(nameof(Tensor));

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            _backend.Return(buffer);
    }
}
