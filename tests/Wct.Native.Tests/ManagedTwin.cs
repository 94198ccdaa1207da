using System.Text.RegularExpressions;
using Wct.Kernels.Cpu;
using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>Runs Wct.Net in this process with the library's vector width, because sums with another width round differently.</summary>
internal static partial class ManagedTwin
{
    /// <summary>Creates the engine that must give the library's bytes.</summary>
    /// <param name="path">The model's path; null for the built-in model.</param>
    internal static StyleTransfer Of(NativeModel model, string? path = null)
    {
        string width = Width().Match(model.Device) is { Success: true } match ? match.Groups[1].Value : "scalar";
        // This changes only the runtime's copy of the environment, which the library doesn't see. It stays, because the linear algebra
        // reads it at each call.
        Environment.SetEnvironmentVariable(IsaSelection.Variable, width);
        LoadOptions options = new() { Device = DeviceChoice.Cpu };
        return path is null ? StyleTransfer.Load(options) : StyleTransfer.Load(path, options);
    }

    [GeneratedRegex(@"Vector(\d+)")]
    private static partial Regex Width();
}
