using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>Checks descriptions of pictures in a caller's memory.</summary>
internal static unsafe class PixelBlock
{
    /// <summary>Bytes from the start of a picture's first pixel to the end of its last pixel.</summary>
    /// <exception cref="ArgumentException">The description is invalid, the picture is too large, or bytes are missing.</exception>
    internal static int Length(
        string name, void* pixels, nuint bytes, int width, int height, int stride, PixelLayout format, string memory = "pixels")
    {
        if (pixels is null)
            throw new ArgumentException($"'{name}->{memory}' is NULL.");
        if (width < 1 || height < 1)
            throw new ArgumentException($"'{name}' is {width}x{height} pixels; both sides must be at least 1.");
        long row = (long)width * format.BytesPerPixel();
        if (stride != 0 && stride < row)
            throw new ArgumentException($"'{name}->stride' is {stride} bytes, a row of {width} pixels needs {row}.");
        Int128 needed = (Int128)(height - 1) * (stride == 0 ? row : stride) + row;
        if (needed > int.MaxValue)
            throw new ArgumentException($"'{name}' takes {needed} bytes, at most {int.MaxValue} are possible.");
        return bytes >= (nuint)needed
            ? (int)needed
            : throw new ArgumentException($"'{name}->bytes' is {bytes}, {width}x{height} pixels with stride {stride} need {needed}.");
    }

    /// <exception cref="ArgumentException">The format doesn't exist.</exception>
    internal static PixelLayout Format(string name, int format) => format >= 0 && format <= (int)PixelLayout.BgraPremultiplied
        ? (PixelLayout)format
        : throw new ArgumentException($"'{name}->format' is {format}; it can be 0 to {(int)PixelLayout.BgraPremultiplied}.");
}
