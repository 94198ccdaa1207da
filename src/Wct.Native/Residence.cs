using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Exports;

namespace Wct.Native;

/// <summary>Keeps the library in the process once its runtime has started.</summary>
/// <remarks>
/// The runtime has threads of its own and asks to be told when a thread that called it ends. Unloaded code can do neither. On Linux the
/// linker's "-z nodelete" sees to it; elsewhere the library takes a reference to itself that it never gives back.
/// </remarks>
internal static unsafe partial class Residence
{
    // GetModuleHandleExW: stays until the process ends; the name is an address inside the module.
    private const uint Pin = 1, FromAddress = 4;

    // macOS: only what is loaded already, and never to be unloaded.
    private const int Lazy = 1, NoLoad = 0x10, NoDelete = 0x80;

    /// <summary>Runs when the runtime starts, before the first call.</summary>
    [ModuleInitializer]
    internal static void Keep()
    {
        void* inside = (delegate* unmanaged[Cdecl]<byte*>)&LibraryExports.Version;
        if (OperatingSystem.IsWindows())
            GetModuleHandleEx(Pin | FromAddress, inside, out _);
        else if (OperatingSystem.IsMacOS() && FindImage(inside, out Image image) != 0)
            Open(image.Path, Lazy | NoLoad | NoDelete);
    }

    [LibraryImport("kernel32", EntryPoint = "GetModuleHandleExW")]
    private static partial int GetModuleHandleEx(uint flags, void* address, out nint module);

    [LibraryImport("libSystem", EntryPoint = "dladdr")]
    private static partial int FindImage(void* address, out Image image);

    [LibraryImport("libSystem", EntryPoint = "dlopen")]
    private static partial nint Open(byte* path, int mode);

    /// <summary>Dl_info.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Image
    {
        internal byte* Path;
        internal void* Base;
        internal byte* Symbol;
        internal void* SymbolAddress;
    }
}
