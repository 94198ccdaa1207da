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
    internal struct Mask
    {
        internal void* Shares;
        internal nuint Bytes;
        internal int Width, Height, Stride, Feather;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Region
    {
        internal uint Size, Reserved;
        internal nint Style;
        internal Mask* Mask;
        internal double Strength;
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
        internal byte* Strengths, Transform, PreserveColor;
        internal double StyleScale;
        internal int Passes, Photo, PhotoRadius;
        internal uint Reserved2;
        internal double PhotoEpsilon, PhotoDetail;
        internal delegate* unmanaged[Cdecl]<void*, int, int, Picture*, int> LevelPicture;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TextureOptions
    {
        internal uint Size;
        internal int Tileable;
        internal ulong Seed;
        internal double Strength;
        internal byte* Levels, Strengths, Transform;
        internal int Passes;
        internal uint Reserved;
        internal long MaxMemory;
        internal delegate* unmanaged[Cdecl]<void*, double, int, int, int> Progress;
        internal void* Context;
        internal byte* Error;
        internal nuint ErrorBytes;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct NetworkOptions
    {
        internal uint Size, Reserved;
        internal double* StyleWeights;
        internal nuint StyleCount;
        internal ulong Seed;
        internal double NoiseScale;
        internal long MaxMemory;
        internal delegate* unmanaged[Cdecl]<void*, double, int, int, int> Progress;
        internal void* Context;
        internal byte* Error;
        internal nuint ErrorBytes;
    }

    /// <summary>WCT_NETWORK_OPTIONS_INIT.</summary>
    internal static NetworkOptions NetworkDefaults => new() { Size = (uint)sizeof(NetworkOptions), NoiseScale = 1 };

    /// <summary>WCT_OPTIONS_INIT.</summary>
    internal static Options Defaults => new() { Size = (uint)sizeof(Options), Strength = 0.6 };

    /// <summary>WCT_TEXTURE_OPTIONS_INIT.</summary>
    internal static TextureOptions TextureDefaults => new() { Size = (uint)sizeof(TextureOptions), Strength = 1 };

    /// <summary>WCT_REGION_INIT.</summary>
    internal static Region RegionDefaults => new() { Size = (uint)sizeof(Region), Strength = -1 };

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

    [LibraryImport(Name, EntryPoint = "wct_style_prepare_masked")]
    internal static partial WctStatus PrepareMasked(
        nint model, Picture* painting, Mask* mask, Picture* photo, Options* options, nint* style);

    [LibraryImport(Name, EntryPoint = "wct_style_mix")]
    internal static partial WctStatus Mix(nint* styles, double* weights, nuint count, int mixing, Options* options, nint* style);

    [LibraryImport(Name, EntryPoint = "wct_style_none")]
    internal static partial WctStatus NoStyle(nint model, nint* style);

    [LibraryImport(Name, EntryPoint = "wct_stylize")]
    internal static partial WctStatus Stylize(nint model, Picture* photo, nint style, Options* options, Target* result);

    [LibraryImport(Name, EntryPoint = "wct_stylize_regions")]
    internal static partial WctStatus StylizeRegions(
        nint model, Picture* photo, Region* regions, nuint count, Options* options, Target* result);

    [LibraryImport(Name, EntryPoint = "wct_label_mask")]
    internal static partial WctStatus LabelMask(Picture* labels, uint color, Options* options, void* shares, nuint bytes);

    [LibraryImport(Name, EntryPoint = "wct_synthesize")]
    internal static partial WctStatus Synthesize(
        nint model, nint style, int width, int height, TextureOptions* options, Target* result);

    [LibraryImport(Name, EntryPoint = "wct_stylize_recipe")]
    internal static partial WctStatus StylizeRecipe(nint model, Picture* photo, byte* recipe, Target* result);

    [LibraryImport(Name, EntryPoint = "wct_stylize_recipe_with")]
    internal static partial WctStatus StylizeRecipeWith(
        nint model, Picture* photo, byte* recipe, Options* options, Target* result);

    [LibraryImport(Name, EntryPoint = "wct_recipe_size")]
    internal static partial WctStatus RecipeSize(
        byte* recipe, int width, int height, Options* options, int* resultWidth, int* resultHeight);

    [LibraryImport(Name, EntryPoint = "wct_network_open")]
    internal static partial WctStatus OpenNetwork(byte* path, OpenOptions* options, nint* network);

    [LibraryImport(Name, EntryPoint = "wct_network_open_memory")]
    internal static partial WctStatus OpenNetworkMemory(void* data, nuint bytes, OpenOptions* options, nint* network);

    [LibraryImport(Name, EntryPoint = "wct_network_describe")]
    internal static partial WctStatus DescribeNetwork(nint network, int* kind, int* scale, int* styles);

    [LibraryImport(Name, EntryPoint = "wct_network_style_name")]
    internal static partial WctStatus NetworkStyleName(nint network, int style, byte* text, nuint bytes, nuint* needed);

    [LibraryImport(Name, EntryPoint = "wct_network_apply")]
    internal static partial WctStatus ApplyNetwork(nint network, Picture* photo, NetworkOptions* options, Target* result);

    [LibraryImport(Name, EntryPoint = "wct_network_synthesize")]
    internal static partial WctStatus SynthesizeNetwork(
        nint network, int width, int height, NetworkOptions* options, Target* result);

    [LibraryImport(Name, EntryPoint = "wct_network_free")]
    internal static partial WctStatus FreeNetwork(nint network);
}
