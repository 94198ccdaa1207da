using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>wct_progress.</summary>
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate int ProgressCallback(IntPtr context, double fraction, int level, int stage);

/// <summary>wct_warning.</summary>
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate void WarningCallback(IntPtr context, IntPtr text);

/// <summary>wct_picture.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativePicture
{
    public IntPtr Pixels;
    public UIntPtr Bytes;
    public int Width, Height, Stride, Format;
}

/// <summary>wct_target.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeTarget
{
    public IntPtr Pixels;
    public UIntPtr Bytes;
    public int Stride, Format;
}

/// <summary>wct_open_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeOpenOptions
{
    public uint Size;
    public int Threads;
    public IntPtr Device, Error;
    public UIntPtr ErrorBytes;
    public int Precision;
    public uint Reserved;
    public IntPtr Warning, WarningContext;
}

/// <summary>wct_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeOptions
{
    public uint Size, Reserved;
    public double Strength;
    public IntPtr Levels;
    public long MaxMemory;
    public IntPtr Progress, Context;
}
