using System.Text.RegularExpressions;
using Wct.Kernels.Cpu;
using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>Wct.Net in this process, with vectors of the library's width: sums of other widths round otherwise.</summary>
internal static partial class ManagedTwin
{
    /// <summary>The engine that must give the library's bytes.</summary>
    /// <param name="path">The model; null for the default one.</param>
    internal static StyleTransfer Of(NativeModel model, string? path = null)
    {
        string width = Width().Match(model.Device) is { Success: true } match ? match.Groups[1].Value : "scalar";
        string? before = Environment.GetEnvironmentVariable(IsaSelection.Variable);
        // The runtime's own copy of the environment: the library doesn't see it.
        Environment.SetEnvironmentVariable(IsaSelection.Variable, width);
        try
        {
            LoadOptions options = new() { Device = DeviceChoice.Cpu };
            return path is null ? StyleTransfer.Load(options) : StyleTransfer.Load(path, options);
        }
        finally
        {
            Environment.SetEnvironmentVariable(IsaSelection.Variable, before);
        }
    }

    [GeneratedRegex(@"Vector(\d+)")]
    private static partial Regex Width();
}
