namespace Wct.Kernels.Cpu;

/// <summary>A packed picture in native memory: [Height, Width, 3] samples of three bytes, little-endian.</summary>
internal sealed unsafe class CpuPackedPicture : PackedPicture
{
    private NativeBuffer? _buffer;

    internal CpuPackedPicture(int height, int width, NativeBufferSource source)
        : base(height, width) => _buffer = source.Allocate(checked((nuint)Backend.PackedBytes(height, width)));

    ~CpuPackedPicture() => Free();

    /// <summary>Pointer to the first byte of pixel (y, x).</summary>
    /// <param name="y">Row.</param>
    /// <param name="x">Column.</param>
    internal byte* At(int y, int x) =>
        (byte*)(_buffer ?? throw new ObjectDisposedException(nameof(PackedPicture))).Pointer + ((long)y * Width + x) * PixelBytes;

    public override void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free() => Interlocked.Exchange(ref _buffer, null)?.Free();
}
