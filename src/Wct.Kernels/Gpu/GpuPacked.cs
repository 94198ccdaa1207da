using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

/// <summary>A packed picture in the device's memory: [Height, Width, 3] samples of three bytes.</summary>
internal sealed class GpuPacked : PackedPicture
{
    private readonly GpuBackend _backend;
    private GpuBuffer? _buffer;

    internal GpuPacked(int height, int width, GpuBackend backend)
        : base(height, width)
    {
        _backend = backend;
        _buffer = backend.Rent(Backend.PackedBytes(height, width), $"A picture of {width}x{height} pixels");
    }

    internal GpuBuffer Buffer => _buffer ?? throw new ObjectDisposedException(nameof(PackedPicture));

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            _backend.Return(buffer);
    }
}
