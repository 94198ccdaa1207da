using System.Runtime.InteropServices;

namespace Wct.Native.Tests;

/// <summary>Declares the header's functions, for calling the published library from this process.</summary>
internal static unsafe partial class Libwct
{
    private const string Name = "libwct";

    static Libwct()
    {
        nint library = NativeLibrary.Load(Published.Library);
        NativeLibrary.SetDllImportResolver(typeof(Libwct).Assembly, (name, _, _) => name == Name ? library : 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Picture
    {
        internal void* Pixels;
        internal nuint Bytes;
        internal int Width, Height, Stride, Format;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Target
    {
        internal void* Pixels;
        internal nuint Bytes;
        internal int Stride, Format;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct OpenOptions
    {
        internal uint Size;
        internal int Threads;
        internal byte* Device, Error;
        internal nuint ErrorBytes;
        internal int Precision;
        internal uint Reserved;
        internal delegate* unmanaged[Cdecl]<void*, byte*, void> Warning;
        internal void* WarningContext;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Options
    {
        internal uint Size, Reserved;
        internal double Strength;
        internal byte* Levels;
        internal long MaxMemory;
        internal delegate* unmanaged[Cdecl]<void*, double, int, int, int> Progress;
        internal void* Context;
        internal byte* Error;
        internal nuint ErrorBytes;
    }

    /// <summary>WCT_OPTIONS_INIT.</summary>
    internal static Options Defaults => new() { Size = (uint)sizeof(Options), Strength = 0.6 };

    /// <summary>WCT_OPEN_OPTIONS_INIT, for the CPU.</summary>
    internal static OpenOptions OnCpu(int threads = 0) =>
        new() { Size = (uint)sizeof(OpenOptions), Threads = threads, Device = Text("cpu") };

    /// <summary>The text of the calling thread's last error.</summary>
    internal static string LastError => Marshal.PtrToStringUTF8((nint)GetLastError())!;

    /// <summary>Copies a text to unmanaged memory that is never freed; tests make few texts.</summary>
    internal static byte* Text(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);

    [LibraryImport(Name, EntryPoint = "wct_version")]
    internal static partial byte* Version();

    [LibraryImport(Name, EntryPoint = "wct_last_error")]
    internal static partial byte* GetLastError();

    [LibraryImport(Name, EntryPoint = "wct_model_open_default")]
    internal static partial WctStatus OpenDefault(OpenOptions* options, nint* model);

    [LibraryImport(Name, EntryPoint = "wct_model_open")]
    internal static partial WctStatus Open(byte* path, OpenOptions* options, nint* model);

    [LibraryImport(Name, EntryPoint = "wct_model_open_memory")]
    internal static partial WctStatus OpenMemory(void* data, nuint bytes, OpenOptions* options, nint* model);

    [LibraryImport(Name, EntryPoint = "wct_model_device")]
    internal static partial WctStatus Device(nint model, byte* text, nuint bytes, nuint* needed);

    [LibraryImport(Name, EntryPoint = "wct_model_free")]
    internal static partial WctStatus FreeModel(nint model);

    [LibraryImport(Name, EntryPoint = "wct_style_prepare")]
    internal static partial WctStatus Prepare(nint model, Picture* painting, Options* options, nint* style);

    [LibraryImport(Name, EntryPoint = "wct_style_open")]
    internal static partial WctStatus OpenStyle(nint model, byte* path, nint* style);

    [LibraryImport(Name, EntryPoint = "wct_style_open_with")]
    internal static partial WctStatus OpenStyleWith(nint model, byte* path, Options* options, nint* style);

    [LibraryImport(Name, EntryPoint = "wct_style_save")]
    internal static partial WctStatus SaveStyle(nint style, byte* path);

    [LibraryImport(Name, EntryPoint = "wct_style_save_with")]
    internal static partial WctStatus SaveStyleWith(nint style, byte* path, Options* options);

    [LibraryImport(Name, EntryPoint = "wct_style_free")]
    internal static partial WctStatus FreeStyle(nint style);

    [LibraryImport(Name, EntryPoint = "wct_stylize")]
    internal static partial WctStatus Stylize(nint model, Picture* photo, nint style, Options* options, Target* result);
}
