using Xunit;

namespace Wct.Testing;

/// <summary>A temporary folder for a test's files, deleted at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("wct-test-").FullName;

    /// <summary>Returns the full path of a file in the folder; the file need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Creates a named pipe, as an example of what is neither a file nor a folder. Skips the calling test on systems other than
    /// Linux.</summary>
    /// <returns>The pipe's full path.</returns>
    public string Pipe(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a named pipe, and a system that tells it from a file");
        Tool.Run("mkfifo", "coreutils", File(name));
        return File(name);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
