using System.Diagnostics;

namespace Wct.Native.Tests;

/// <summary>Other programs, run to their end.</summary>
internal static class Programs
{
    /// <summary>Whether a program is on the path.</summary>
    internal static bool Exists(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Skips the calling test where a program is missing.</summary>
    internal static void Need(string name, string package) => Assert.SkipUnless(Exists(name), $"needs the program '{name}' (Debian: {package})");

    /// <summary>Runs a program; kills it, and fails, when it takes longer than it may.</summary>
    /// <returns>Its exit status, and all that it wrote.</returns>
    internal static (int Status, string Text) Run(TimeSpan limit, string folder, string name, params string[] arguments)
    {
        ProcessStartInfo start = new(name, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{name} {string.Join(' ', arguments)} runs for more than {limit}: {output.Result} {errors.Result}");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    /// <summary>The same, for programs that must succeed.</summary>
    /// <returns>All that it wrote.</returns>
    internal static string Succeed(TimeSpan limit, string folder, string name, params string[] arguments)
    {
        (int status, string text) = Run(limit, folder, name, arguments);
        Assert.True(status == 0, $"{name} {string.Join(' ', arguments)} ended with {status}: {text}");
        return text;
    }
}
