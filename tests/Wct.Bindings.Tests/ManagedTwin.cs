extern alias managed;

using System.Text.RegularExpressions;
using Managed = managed::Wct.Net;

namespace Wct.Bindings.Tests;

/// <summary>Runs Wct.Net with the library's vector width, because sums with another width round differently.</summary>
internal static partial class ManagedTwin
{
    /// <summary>Loads the built-in model.</summary>
    internal static Managed.StyleTransfer Of(StyleTransfer transfer)
    {
        string width = Width().Match(transfer.Device) is { Success: true } match ? match.Groups[1].Value : "scalar";
        // This changes only the runtime's copy of the environment, which the library doesn't see. It stays, because the linear algebra
        // reads it at each call.
        Environment.SetEnvironmentVariable("WCT_ISA", width);
        return Managed.StyleTransfer.Load(new Managed.LoadOptions { Device = Managed.DeviceChoice.Cpu });
    }

    [GeneratedRegex(@"Vector(\d+)")]
    private static partial Regex Width();
}
