using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Exports;

namespace Wct.Native;

/// <summary>Prevents the library from being unloaded after its runtime has started.</summary>
/// <remarks>
/// The runtime has its own threads, and the system notifies it when a thread that called it ends. Unloaded code can't handle that. On Linux
/// the linker's "-z nodelete" keeps the library in the process. On Windows and macOS the library takes a reference to itself and never
/// releases it.
/// </remarks>
internal static unsafe partial class UnloadGuard
{
    // Flags of GetModuleHandleExW: the module stays until the process ends; the name is an address inside the module.
    private const uint Pin = 1, FromAddress = 4;

    // Flags of dlopen on macOS: only find a library that is already loaded, and never unload it.
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
