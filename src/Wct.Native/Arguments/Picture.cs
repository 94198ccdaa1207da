using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>wct_picture in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Picture
{
    private readonly void* _pixels;
    private readonly nuint _bytes;
    private readonly int _width, _height, _stride, _format;

    /// <summary>Describes a picture in RGB without gaps, for a callback.</summary>
    internal Picture(byte* pixels, int width, int height)
    {
        _pixels = pixels;
        (_width, _height, _format) = (width, height, (int)PixelLayout.Rgb24);
        _bytes = (nuint)width * (nuint)height * (nuint)PixelLayout.Rgb24.BytesPerPixel();
    }

    /// <exception cref="ArgumentException">The picture is NULL or invalid.</exception>
    internal static Pixels Read(Picture* given, string name)
    {
        if (given is null)
            throw new ArgumentException($"'{name}' is NULL.");
        Picture picture = *given;
        PixelLayout format = PixelBlock.Format(name, picture._format);
        int length = PixelBlock.Length(name, picture._pixels, picture._bytes, picture._width, picture._height, picture._stride, format);
        return new Pixels(new ReadOnlySpan<byte>(picture._pixels, length), picture._width, picture._height, picture._stride, format);
    }
}
