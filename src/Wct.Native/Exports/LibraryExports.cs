using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Native.Exports;

/// <summary>Functions for the library's version and for the last error.</summary>
internal static unsafe class LibraryExports
{
    private static readonly byte[] VersionText = MakeVersion();

    [UnmanagedCallersOnly(EntryPoint = "wct_version", CallConvs = [typeof(CallConvCdecl)])]
    internal static byte* Version() => Pinned.Address(VersionText);

    [UnmanagedCallersOnly(EntryPoint = "wct_last_error", CallConvs = [typeof(CallConvCdecl)])]
    internal static byte* LastErrorText() => LastError.Text;

    private static byte[] MakeVersion()
    {
        string text = typeof(LibraryExports).Assembly.GetName().Version!.ToString(3);
        byte[] version = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text) + 1, pinned: true);
        Encoding.UTF8.GetBytes(text, version);
        return version;
    }
}
