using System.Reflection;
using System.Runtime.InteropServices;

namespace Wct.Benchmarks.Native;

/// <summary>Finds the native library to measure: the file in the variable WCT_LIBRARY, or the one that the README's command publishes to
/// <c>native/</c>.</summary>
internal static class LibwctFile
{
    private const string Variable = "WCT_LIBRARY";

    private static readonly string[] Names = ["libwct.so", "libwct.dylib", "libwct.dll"];

    private static bool _used;

    /// <summary>Returns the library's path; null if there is none.</summary>
    internal static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named : Names.Select(name => Path.Combine(Checkout.Root, "native", name)).FirstOrDefault(File.Exists);

    /// <summary>Makes the client load the library.</summary>
    internal static void Use()
    {
        if (_used)
            return;
        _used = true;
        string path = Find() ?? throw new FileNotFoundException($"There is no libwct: {Variable} is not set, and native/ has none.");
        NativeLibrary.SetDllImportResolver(
            typeof(Bindings.StyleTransfer).Assembly, (string name, Assembly _, DllImportSearchPath? _) =>
            name == "wct" ? NativeLibrary.Load(path) : 0);
    }
}
