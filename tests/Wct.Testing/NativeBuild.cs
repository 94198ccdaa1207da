using System.Runtime.InteropServices;
using Xunit;

namespace Wct.Testing;

/// <summary>Builds the native library as users do, with the publish command in the README.</summary>
public static class NativeBuild
{
    // Publishing takes a minute and a half on two otherwise idle processors.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    // Error codes of a restore that can't get the compiler's packages.
    private static readonly string[] MissingPack = ["NU1100", "NU1101", "NU1102", "NU1301", "NETSDK1094"];

    // Separate from the normal build's folders, to which other tests' builds may be writing.
    private static readonly string Artifacts = Path.Combine(Shared.Root, "artifacts", "native");

    private static readonly Lazy<(string? Path, string? Missing)> Published = new(Publish);

    /// <summary>The library's file. Skips the calling test, with the reason, if the library can't be built.</summary>
    public static string Library
    {
        get
        {
            (string? path, string? missing) = Published.Value;
            Assert.SkipWhen(missing is not null, missing ?? "");
            return path!;
        }
    }

    /// <summary>Waits until no other test program publishes the library, and locks them out until the result is disposed of.</summary>
    /// <exception cref="IOException">Another program holds the lock for longer than publishing may take.</exception>
    public static IDisposable Enter()
    {
        Directory.CreateDirectory(Artifacts);
        DateTime end = DateTime.UtcNow + (2 * Limit);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Artifacts, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < end)
            {
                Thread.Sleep(200);
            }
        }
    }

    private static (string? Path, string? Missing) Publish()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return (null, "compiles for Linux on x64, as the commands of this test do");
        if (!Programs.Exists("gcc") && !Programs.Exists("clang"))
            return (null, "needs a linker: 'clang' or 'gcc' (Debian: gcc libc6-dev zlib1g-dev)");
        if (!Programs.Exists("objcopy") && !Programs.Exists("llvm-objcopy"))
            return (null, "needs a program that strips symbols: 'objcopy' or 'llvm-objcopy' (Debian: binutils)");
        using IDisposable alone = Enter();
        (int status, string text) = Programs.Run(
            Limit, Shared.Root, Programs.Dotnet, "publish", "src/Wct.Native", "-c", "Release", "-r", "linux-x64", "--artifacts-path",
            Artifacts,
            "-nodeReuse:false", "-p:UseSharedCompilation=false");
        if (status != 0 && MissingPack.FirstOrDefault(code => text.Contains(code, StringComparison.Ordinal)) is string missing)
            return (null, $"the ahead-of-time compiler's packages can't be had ({missing})");
        Assert.True(status == 0, $"publishing ended with {status}: {text}");
        Assert.DoesNotContain("warning", text, StringComparison.Ordinal);
        // Publishing deletes and rewrites the file even if nothing has changed, so tests use a copy that stays.
        string own = Path.Combine(Directory.CreateTempSubdirectory("wct-library").FullName, "libwct.so");
        File.Copy(Path.Combine(Artifacts, "publish", "Wct.Native", "release_linux-x64", "libwct.so"), own);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(own)!, recursive: true);
        return (own, null);
    }
}
