using System.Runtime.InteropServices;

namespace Wct.Native.Tests;

/// <summary>The library as users make it: published once for all tests, by the command that the README names.</summary>
internal static class Published
{
    // A minute and a half on two processors that have nothing else to do.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    // What a restore says where the compiler's packages can't be had.
    private static readonly string[] s_missingPack = ["NU1100", "NU1101", "NU1102", "NU1301", "NETSDK1094"];

    private static readonly Lazy<(string? Path, string? Missing)> s_library = new(Publish);

    /// <summary>The library's file; skips the calling test, with the reason, where it can't be made.</summary>
    internal static string Library
    {
        get
        {
            (string? path, string? missing) = s_library.Value;
            Assert.SkipWhen(missing is not null, missing ?? "");
            return path!;
        }
    }

    /// <summary>The library's header.</summary>
    internal static string Header => Path.Combine(Include, "wct.h");

    /// <summary>The header's folder.</summary>
    internal static string Include => Path.Combine(Shared.Root, "include");

    private static (string? Path, string? Missing) Publish()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return (null, "compiles for Linux on x64, as the commands of this test do");
        if (!Programs.Exists("gcc") && !Programs.Exists("clang"))
            return (null, "needs a linker: 'clang' or 'gcc' (Debian: gcc libc6-dev zlib1g-dev)");
        // Beside the normal build's folders, which other tests' builds may be writing to.
        string artifacts = Path.Combine(Shared.Root, "artifacts", "native");
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        (int status, string text) = Programs.Run(
            s_limit, Shared.Root, host, "publish", "src/Wct.Native", "-c", "Release", "-r", "linux-x64", "--artifacts-path", artifacts,
            "-nodeReuse:false", "-p:UseSharedCompilation=false");
        if (status != 0 && s_missingPack.FirstOrDefault(code => text.Contains(code, StringComparison.Ordinal)) is string missing)
            return (null, $"the ahead-of-time compiler's packages can't be had ({missing})");
        Assert.True(status == 0, $"publishing ended with {status}: {text}");
        Assert.DoesNotContain("warning", text, StringComparison.Ordinal);
        return (Path.Combine(artifacts, "publish", "Wct.Native", "release_linux-x64", "libwct.so"), null);
    }
}
