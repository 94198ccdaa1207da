using System.Reflection;
using System.Runtime.InteropServices;

namespace Wct.Kernels.Gpu;

/// <summary>Where drivers lie: they come with the device, never with us.</summary>
internal static class DriverLibraries
{
    internal const string Cuda = "wct-cuda", OpenCl = "wct-opencl";

    // Whoever calls a driver mentions this first, so that the names are known before they are looked up.
    static DriverLibraries() => NativeLibrary.SetDllImportResolver(typeof(DriverLibraries).Assembly, Resolve);

    /// <summary>Has the names known.</summary>
    internal static void Register()
    {
    }

    /// <summary>Whether there is a driver: asked before a call would fail, because most machines lack one, and exceptions take long.</summary>
    internal static bool Has(string name) => NativeLibrary.TryLoad(File(name)!, out _);

    // Anything else goes the usual way.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => File(name) is { } file ? NativeLibrary.Load(file) : 0;

    private static string? File(string name) => name switch
    {
        Cuda => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1",
        OpenCl => OperatingSystem.IsWindows() ? "OpenCL.dll"
            : OperatingSystem.IsMacOS() ? "/System/Library/Frameworks/OpenCL.framework/OpenCL" : "libOpenCL.so.1",
        _ => null,
    };
}
