using System.Runtime.InteropServices;

namespace Wct.Native.Arguments;

/// <summary>Reads C strings: UTF-8 with a zero byte at the end.</summary>
internal static unsafe class NativeText
{
    /// <exception cref="ArgumentException">The string is NULL.</exception>
    internal static string Read(byte* text, string name) =>
        Marshal.PtrToStringUTF8((nint)text) ?? throw new ArgumentException($"'{name}' is NULL.");

    /// <summary>Reads a string; null for NULL.</summary>
    internal static string? ReadOptional(byte* text) => Marshal.PtrToStringUTF8((nint)text);
}
