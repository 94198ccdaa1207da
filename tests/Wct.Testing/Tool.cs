using System.Diagnostics;
using Xunit;

namespace Wct.Testing;

/// <summary>Runs an external program that serves as an oracle, and skips the test where it is not installed.</summary>
public static class Tool
{
    /// <summary>Runs <paramref name="name"/> and returns what it wrote to standard output.</summary>
    /// <param name="name">The program, looked up on the path; the calling test is skipped, with the reason, where it is missing.</param>
    /// <param name="package">The Debian package that holds it, for the reason.</param>
    /// <param name="arguments">Its arguments, not quoted.</param>
    /// <exception cref="InvalidOperationException">It ended with a non-zero status; the message holds its standard error.</exception>
    public static byte[] Run(string name, string package, params string[] arguments)
    {
        if (!Exists(name))
            Assert.Skip($"needs the program '{name}' (Debian: {package})");
        ProcessStartInfo start = new(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
        return output.ToArray();
    }

    private static bool Exists(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
