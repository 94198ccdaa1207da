using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Wct.Native.Tests;

/// <summary>Tests the system requirements that the readmes state.</summary>
public sealed partial class RequirementTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    // The glibc of Debian 12. A library that is linked with a later version may need that version.
    private static readonly Version Linked = new(2, 36);

    [Fact]
    public void TheReadmesStateTheNeededGlibc()
    {
        string library = Published.Library;
        Programs.Need("objdump", "binutils");
        Version own = new(Marshal.PtrToStringUTF8(GlibcVersion())!);
        Assert.SkipWhen(
            own > Linked,
            $"this machine's glibc is {own}: what the readmes say holds for libraries that are linked with {Linked} or earlier");
        Version needed = Symbols().Matches(Programs.Succeed(Limit, Shared.Root, "objdump", "-T", library)).Max(
            match => new Version(match.Groups[1].Value))!;
        foreach (string readme in (string[])["README.md", "src/Wct.Bindings/PACKAGE.md"])
        {
            Match said = Said().Match(File.ReadAllText(Path.Combine(Shared.Root, readme)));
            Assert.True(said.Success, readme);
            Assert.True(
                new Version(said.Groups[1].Value) == needed, $"{readme} says glibc {said.Groups[1].Value}, the library needs {needed}");
        }
    }

    [DllImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static extern nint GlibcVersion();

    [GeneratedRegex(@"GLIBC_(\d+\.\d+)")]
    private static partial Regex Symbols();

    [GeneratedRegex(@"\bglibc (\d+\.\d+)")]
    private static partial Regex Said();
}
