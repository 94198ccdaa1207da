using System.Diagnostics;
using Xunit;

namespace Wct.Testing;

/// <summary>Runs an external program that serves as an oracle, and skips the test where it is not installed.</summary>
public static class Tool
{
    /// <summary>Full path of a program that says that it is what its name promises; skips the calling test, with the reason, where there is
    /// none.</summary>
    /// <param name="name">The program, looked up on the path.</param>
    /// <param name="package">The Debian package that holds it, for the reason.</param>
    public static string Need(string name, string package)
    {
        (string? path, string? problem) = ToolFinder.OnPath.Find(name);
        Assert.SkipWhen(path is null, $"needs the program '{name}' (Debian: {package}): {problem}");
        return path!;
    }

    /// <summary>Runs <paramref name="name"/> and returns what it wrote to standard output.</summary>
    /// <param name="name">The program; the calling test is skipped where <see cref="Need"/> says so.</param>
    /// <param name="package">The Debian package that holds it, for the reason.</param>
    /// <param name="arguments">Its arguments, not quoted.</param>
    /// <exception cref="InvalidOperationException">It ended with a non-zero status; the message holds its standard error.</exception>
    public static byte[] Run(string name, string package, params string[] arguments)
    {
        ProcessStartInfo start = new(Need(name, package), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
        return output.ToArray();
    }
}
