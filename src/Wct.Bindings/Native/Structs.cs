using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>wct_progress.</summary>
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate int ProgressCallback(IntPtr context, double fraction, int level, int stage);

/// <summary>wct_level_picture.</summary>
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate int LevelCallback(IntPtr context, int level, int pass, IntPtr picture);

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
    public IntPtr Progress, Context, Error;
    public UIntPtr ErrorBytes;
    public IntPtr Strengths, Transform, PreserveColor;
    public double StyleScale;
    public int Passes, Photo, PhotoRadius;
    public uint Reserved2;
    public double PhotoEpsilon, PhotoDetail;
    public IntPtr LevelPicture;

    /// <summary>The <see cref="PhotoDetail"/> that stands for no detail, because 0 stands for the default.</summary>
    internal const double NoDetail = -1;
}

/// <summary>wct_texture_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeTextureOptions
{
    public uint Size;
    public int Tileable;
    public ulong Seed;
    public double Strength;
    public IntPtr Levels, Strengths, Transform;
    public int Passes;
    public uint Reserved;
    public long MaxMemory;
    public IntPtr Progress, Context, Error;
    public UIntPtr ErrorBytes;
}

/// <summary>wct_network_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeNetworkOptions
{
    public uint Size, Reserved;
    public IntPtr StyleWeights;
    public UIntPtr StyleCount;
    public ulong Seed;
    public double NoiseScale;
    public long MaxMemory;
    public IntPtr Progress, Context, Error;
    public UIntPtr ErrorBytes;
}

/// <summary>wct_mask.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeMask
{
    public IntPtr Shares;
    public UIntPtr Bytes;
    public int Width, Height, Stride, Feather;

    internal static NativeMask Of(StyleMask mask, Pin shares) => new()
    {
        Shares = shares.Address,
        Bytes = (UIntPtr)(uint)mask.Shares.Length,
        Width = mask.Width,
        Height = mask.Height,
        Feather = mask.Reach,
    };
}

/// <summary>wct_region.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeRegion
{
    public uint Size, Reserved;
    public IntPtr Style, Mask;
    public double Strength;
}
