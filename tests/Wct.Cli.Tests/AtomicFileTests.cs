using System.Diagnostics;
using System.Text;

namespace Wct.Cli.Tests;

/// <summary>Tests what a file keeps when it is replaced as a whole, and which files of killed processes are deleted.</summary>
public sealed class AtomicFileTests
{
    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    [InlineData(
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead)]
    public void KeepsTheMode(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions");
            return;
        }

        using TemporaryFolder folder = new();
        string path = folder.File("f");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, mode);
        using (AtomicFile file = new(path))
        {
            // Other users can't read the file while it is written.
            string temporary = Assert.Single(Directory.GetFiles(folder.Path), other => other != path);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(temporary));
            file.Stream.Write("new"u8);
            file.Complete(flushToDisk: false);
        }

        Assert.Equal((mode, "new"), (File.GetUnixFileMode(path), File.ReadAllText(path)));
    }

    [Fact]
    public void KeepsTheOwner()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only an administrator gives files away");
        using TemporaryFolder folder = new();
        string path = folder.File("f");
        File.WriteAllText(path, "old");
        Tool.Run("chown", "coreutils", "1234:2345", path);
        Tool.Run("chmod", "coreutils", "4750", path);
        Replace(path);
        Assert.Equal("1234:2345 4750\n", Encoding.UTF8.GetString(Tool.Run("stat", "coreutils", "-c", "%u:%g %a", path)));
    }

    [Fact]
    public void WritesThroughLinks()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only some users make links");
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("a/b"));
        File.WriteAllText(folder.File("a/real"), "old");
        File.CreateSymbolicLink(folder.File("shortcut"), "a/b");
        // The target is relative to a/b, to which the shortcut leads; relative to the shortcut's folder it would be another file.
        File.CreateSymbolicLink(folder.File("a/b/link"), "../real");
        File.CreateSymbolicLink(folder.File("a/b/new"), "../fresh");
        Replace(folder.File("shortcut/link"));
        Replace(folder.File("shortcut/new"));
        Assert.Equal(("new", "new"), (File.ReadAllText(folder.File("a/real")), File.ReadAllText(folder.File("a/fresh"))));
        Assert.Equal("../real", new FileInfo(folder.File("a/b/link")).LinkTarget);
        Assert.Equal(["a", "shortcut"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void LinkCyclesGiveOneError()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only some users make links");
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder.File("x"), "y");
        File.CreateSymbolicLink(folder.File("y"), "x");
        Assert.StartsWith($"{folder.File("x")}: links", Assert.Throws<IOException>(() => new AtomicFile(folder.File("x"))).Message);
    }

    [Theory]
    [InlineData("f.png")]
    [InlineData("ein Bild (2)*.png")]
    [InlineData("äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü-äöü.png")]
    public void OnlyFilesOfEndedProcessesAreDeleted(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the names are none there");
        using TemporaryFolder folder = new();
        string path = folder.File(name), own, stem;
        using (new AtomicFile(path))
        {
            own = Path.GetFileName(Assert.Single(Directory.GetFiles(folder.Path)));
            Assert.Matches($@"\A\..+\.wct-{Environment.ProcessId}-[a-z0-9]{{8}}\.tmp\z", own);
            Assert.StartsWith($".{name[..3]}", own);
            Assert.InRange(Encoding.UTF8.GetByteCount(own), 1, 143);
            // Its process still runs and writes to it.
            Assert.Equal(0, AtomicFile.DeleteRemains(path));
            Assert.True(File.Exists(folder.File(own)));
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
        stem = own[..own.LastIndexOf($"{Environment.ProcessId}", StringComparison.Ordinal)];
        string gone = $"{stem}{EndedProcess()}-abcdefgh.tmp", held = $"{stem}{EndedProcess()}-hgfedcba.tmp";
        string[] kept =
        [
            $"{stem}1-abcdefgh.tmp", $"{stem}x-abcdefgh.tmp", $"{stem}{EndedProcess()}-abc.tmp", $"{stem}{EndedProcess()}-abcdefgh.txt",
            $".other.wct-{EndedProcess()}-abcdefgh.tmp", $"{name[..1]}.tmp", held,
        ];
        foreach (string file in kept.Append(gone))
            File.WriteAllText(folder.File(file), "part");
        // A locked file is being written to, perhaps by a process in another namespace, with other process numbers.
        using (new FileStream(folder.File(held), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(1, AtomicFile.DeleteRemains(path));
        Assert.Equal(kept.Order(StringComparer.Ordinal), Directory.GetFiles(folder.Path).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    /// <summary>The number of a process that has ended.</summary>
    internal static int EndedProcess()
    {
        using Process process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }

    private static void Replace(string path)
    {
        using AtomicFile file = new(path);
        file.Stream.Write("new"u8);
        file.Complete(flushToDisk: false);
    }
}
