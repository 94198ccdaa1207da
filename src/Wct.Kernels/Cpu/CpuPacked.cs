namespace Wct.Kernels.Cpu;

/// <summary>A kept picture in native memory: [Height, Width, 3] samples of three bytes, little-endian.</summary>
internal sealed unsafe class CpuPacked : PackedPicture
{
    private NativeBuffer? _buffer;

    internal CpuPacked(int height, int width, NativeBufferSource source)
        : base(height, width) => _buffer = source.Allocate(checked((nuint)Backend.PackedBytes(height, width)));

    ~CpuPacked() => Free();

    /// <summary>The first byte of pixel (y, x).</summary>
    internal byte* At(int y, int x) =>
        (byte*)(_buffer ?? throw new ObjectDisposedException(nameof(PackedPicture))).Pointer + ((long)y * Width + x) * PixelBytes;

    public override void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free() => Interlocked.Exchange(ref _buffer, null)?.Free();
}
