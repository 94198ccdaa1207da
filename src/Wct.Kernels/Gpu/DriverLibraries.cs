using System.Reflection;
using System.Runtime.InteropServices;

namespace Wct.Kernels.Gpu;

/// <summary>Finds the libraries of the GPU drivers, which are installed with the device.</summary>
internal static class DriverLibraries
{
    internal const string Cuda = "wct-cuda", OpenCl = "wct-opencl";

    // Classes with driver functions call Register first, so that the resolver is set before a library is loaded.
    static DriverLibraries() => NativeLibrary.SetDllImportResolver(typeof(DriverLibraries).Assembly, Resolve);

    /// <summary>Sets the resolver of library names, by running the static constructor.</summary>
    internal static void Register()
    {
    }

    /// <summary>Whether a driver is installed. Most machines lack one, and asking is faster than catching the exception of a
    /// call.</summary>
    internal static bool Has(string name) => NativeLibrary.TryLoad(File(name)!, out _);

    // Other libraries are resolved as usual.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        File(name) is { } file ? NativeLibrary.Load(file) : 0;

    private static string? File(string name) => name switch
    {
        Cuda => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1",
        OpenCl => OperatingSystem.IsWindows() ? "OpenCL.dll"
            : OperatingSystem.IsMacOS() ? "/System/Library/Frameworks/OpenCL.framework/OpenCL" : "libOpenCL.so.1",
        _ => null,
    };
}
