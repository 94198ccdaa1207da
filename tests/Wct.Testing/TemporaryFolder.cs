using Xunit;

namespace Wct.Testing;

/// <summary>A folder of its own for a test's files, deleted at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("wct-test-").FullName;

    /// <summary>Full path of a file in the folder; the file need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a named pipe, which stands for all that is no file and no folder; skips the calling test where there are
    /// none.</summary>
    /// <returns>Its full path.</returns>
    public string Pipe(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a named pipe, and a system that tells it from a file");
        Tool.Run("mkfifo", "coreutils", File(name));
        return File(name);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
