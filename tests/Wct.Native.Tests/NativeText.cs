using System.Runtime.InteropServices;

namespace Wct.Native.Tests;

/// <summary>A C string that is freed when it is disposed of.</summary>
internal readonly unsafe ref struct NativeText(string text)
{
    internal byte* Address { get; } = (byte*)Marshal.StringToCoTaskMemUTF8(text);

    public void Dispose() => Marshal.FreeCoTaskMem((nint)Address);
}
