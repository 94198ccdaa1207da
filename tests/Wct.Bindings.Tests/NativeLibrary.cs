using System.Reflection;
using System.Runtime.InteropServices;
using Loader = System.Runtime.InteropServices.NativeLibrary;

namespace Wct.Bindings.Tests;

/// <summary>Loads the published library for the client in this process.</summary>
internal static class NativeLibrary
{
    private static readonly Lock Gate = new();
    private static bool _isSet;

    /// <summary>Makes the client find the library. Skips the calling test, with the reason, if the library can't be built.</summary>
    internal static void Need()
    {
        string path = NativeBuild.Library;
        lock (Gate)
        {
            if (_isSet)
                return;
            _isSet = true;
            Loader.SetDllImportResolver(
                typeof(StyleTransfer).Assembly, (string name, Assembly _, DllImportSearchPath? _) => name == "wct" ? Loader.Load(path) : 0);
        }
    }
}
