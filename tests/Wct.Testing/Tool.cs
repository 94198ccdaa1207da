using System.Diagnostics;
using Xunit;

namespace Wct.Testing;

/// <summary>Runs an external program that serves as an oracle, and skips the test if it is not installed.</summary>
public static class Tool
{
    /// <summary>Returns the full path of a program that identifies itself as the expected one. Skips the calling test, with the reason, if
    /// there is none.</summary>
    /// <param name="name">The program's name, which is looked up on the path.</param>
    /// <param name="package">The program's Debian package, for the reason.</param>
    public static string Need(string name, string package)
    {
        (string? path, string? problem) = ToolFinder.OnPath.Find(name);
        Assert.SkipWhen(path is null, $"needs the program '{name}' (Debian: {package}): {problem}");
        return path!;
    }

    /// <summary>Runs a program and returns its standard output.</summary>
    /// <param name="name">The program's name. The calling test is skipped under the conditions of <see cref="Need"/>.</param>
    /// <param name="package">The program's Debian package, for the reason.</param>
    /// <param name="arguments">The program's arguments, not quoted.</param>
    /// <exception cref="InvalidOperationException">The program failed; the message contains its standard error.</exception>
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
