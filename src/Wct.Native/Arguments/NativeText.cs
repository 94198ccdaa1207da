using System.Runtime.InteropServices;

namespace Wct.Native.Arguments;

/// <summary>Texts from C: UTF-8 that ends with a zero byte.</summary>
internal static unsafe class NativeText
{
    /// <exception cref="ArgumentException">NULL.</exception>
    internal static string Read(byte* text, string name) =>
        Marshal.PtrToStringUTF8((nint)text) ?? throw new ArgumentException($"'{name}' is NULL.");

    /// <summary>null for NULL.</summary>
    internal static string? ReadOptional(byte* text) => Marshal.PtrToStringUTF8((nint)text);
}
