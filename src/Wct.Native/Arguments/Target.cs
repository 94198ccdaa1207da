using System.Runtime.InteropServices;

namespace Wct.Native.Arguments;

/// <summary>wct_target in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Target
{
    private readonly void* _pixels;
    private readonly nuint _bytes;
    private readonly int _stride, _format;

    /// <summary>The memory for a result of some size.</summary>
    /// <exception cref="ArgumentException">The target is NULL, invalid or too small.</exception>
    internal static Span<byte> Read(Target* given, int width, int height, out int stride, out PixelLayout format)
    {
        if (given is null)
            throw new ArgumentException("'result' is NULL.");
        Target target = *given;
        format = PixelBlock.Format("result", target._format);
        if (format == PixelLayout.Gray8)
            throw new ArgumentException($"'result->format' is {target._format}, gray; a result has colors.");
        stride = target._stride;
        int length = PixelBlock.Length("result", target._pixels, target._bytes, width, height, stride, format);
        return new Span<byte>(target._pixels, length);
    }
}
