using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>wct_mask in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Mask
{
    private const int MostFeather = 4000;

    private readonly void* _shares;
    private readonly nuint _bytes;
    private readonly int _width, _height, _stride, _feather;

    /// <summary>Copies a mask from the caller's memory, and feathers it; null for NULL.</summary>
    /// <exception cref="ArgumentException">The mask is invalid.</exception>
    internal static StyleMask? Read(Mask* given, string name)
    {
        if (given is null)
            return null;
        Mask mask = *given;
        int length = PixelBlock.Length(
            name, mask._shares, mask._bytes, mask._width, mask._height, mask._stride, PixelLayout.Gray8, memory: "shares");
        if (mask._feather is < 0 or > MostFeather)
            throw new ArgumentException($"'{name}->feather' is {mask._feather}; it can be 0 to {MostFeather}.");
        return new StyleMask(new ReadOnlySpan<byte>(mask._shares, length), mask._width, mask._height, mask._stride).Feather(mask._feather);
    }
}
