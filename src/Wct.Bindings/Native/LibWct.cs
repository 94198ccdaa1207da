using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>The functions of <c>wct.h</c>, which documents them.</summary>
internal static class LibWct
{
    // Runtimes add the prefix and the extension of their system: wct.dll, libwct.so or libwct.dylib.
    private const string Name = "wct";

    [DllImport(Name, EntryPoint = "wct_version", CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr Version();

    [DllImport(Name, EntryPoint = "wct_last_error", CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr LastError();

    [DllImport(Name, EntryPoint = "wct_model_open_default", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status ModelOpenDefault(in NativeOpenOptions options, out ModelHandle model);

    [DllImport(Name, EntryPoint = "wct_model_open", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status ModelOpen(byte[] path, in NativeOpenOptions options, out ModelHandle model);

    [DllImport(Name, EntryPoint = "wct_model_open_memory", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status ModelOpenMemory(byte[] data, UIntPtr bytes, in NativeOpenOptions options, out ModelHandle model);

    [DllImport(Name, EntryPoint = "wct_model_device", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status ModelDevice(ModelHandle model, IntPtr text, UIntPtr bytes, out UIntPtr needed);

    [DllImport(Name, EntryPoint = "wct_model_free", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status ModelFree(IntPtr model);

    [DllImport(Name, EntryPoint = "wct_style_prepare", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StylePrepare(
        ModelHandle model, in NativePicture painting, in NativeOptions options, out StyleHandle style);

    // An array of one element is a pointer to it, and null is NULL.
    [DllImport(Name, EntryPoint = "wct_style_prepare_masked", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StylePrepareMasked(
        ModelHandle model, in NativePicture painting, NativeMask[]? mask, NativePicture[]? photo, in NativeOptions options,
        out StyleHandle style);

    [DllImport(Name, EntryPoint = "wct_style_mix", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StyleMix(
        IntPtr[] styles, double[] weights, UIntPtr count, int mixing, IntPtr options, out StyleHandle style);

    [DllImport(Name, EntryPoint = "wct_style_none", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StyleNone(ModelHandle model, out StyleHandle style);

    [DllImport(Name, EntryPoint = "wct_style_open", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StyleOpen(ModelHandle model, byte[] path, out StyleHandle style);

    [DllImport(Name, EntryPoint = "wct_style_save", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StyleSave(StyleHandle style, byte[] path);

    [DllImport(Name, EntryPoint = "wct_style_free", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StyleFree(IntPtr style);

    [DllImport(Name, EntryPoint = "wct_stylize", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status Stylize(
        ModelHandle model, in NativePicture photo, StyleHandle style, in NativeOptions options, in NativeTarget result);

    [DllImport(Name, EntryPoint = "wct_stylize_regions", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StylizeRegions(
        ModelHandle model, in NativePicture photo, NativeRegion[] regions, UIntPtr count, in NativeOptions options, in NativeTarget result);

    [DllImport(Name, EntryPoint = "wct_label_mask", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status LabelMask(in NativePicture labels, uint color, IntPtr options, [Out] byte[] shares, UIntPtr bytes);

    [DllImport(Name, EntryPoint = "wct_synthesize", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status Synthesize(
        ModelHandle model, StyleHandle style, int width, int height, in NativeTextureOptions options, in NativeTarget result);

    [DllImport(Name, EntryPoint = "wct_stylize_recipe_with", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status StylizeRecipe(
        ModelHandle model, NativePicture[]? photo, byte[] recipe, in NativeOptions options, in NativeTarget result);

    [DllImport(Name, EntryPoint = "wct_recipe_size", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status RecipeSize(
        byte[] recipe, int width, int height, IntPtr options, out int resultWidth, out int resultHeight);

    [DllImport(Name, EntryPoint = "wct_network_open", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status NetworkOpen(byte[] path, in NativeOpenOptions options, out NetworkHandle network);

    [DllImport(Name, EntryPoint = "wct_network_open_memory", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status NetworkOpenMemory(byte[] data, UIntPtr bytes, in NativeOpenOptions options, out NetworkHandle network);

    [DllImport(Name, EntryPoint = "wct_network_describe", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status NetworkDescribe(NetworkHandle network, out int kind, out int scale, out int styles);

    [DllImport(Name, EntryPoint = "wct_network_style_name", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status NetworkStyleName(NetworkHandle network, int style, IntPtr text, UIntPtr bytes, out UIntPtr needed);

    [DllImport(Name, EntryPoint = "wct_network_apply", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status NetworkApply(
        NetworkHandle network, in NativePicture photo, in NativeNetworkOptions options, in NativeTarget result);

    [DllImport(Name, EntryPoint = "wct_network_synthesize", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status NetworkSynthesize(
        NetworkHandle network, int width, int height, in NativeNetworkOptions options, in NativeTarget result);

    [DllImport(Name, EntryPoint = "wct_network_free", CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status NetworkFree(IntPtr network);
}
