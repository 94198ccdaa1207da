using System.Diagnostics;
using Xunit;

namespace Wct.Testing;

/// <summary>Other programs, run to their end.</summary>
public static class Programs
{
    private static readonly Dictionary<string, string?> NoVariables = [];

    /// <summary>The host that runs the tests, where it says so; not every machine has it on the path.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Whether a program is on the path, and says that it is what its name promises.</summary>
    public static bool Exists(string name) => ToolFinder.OnPath.Find(name).Path is not null;

    /// <summary>Skips the calling test where a program is missing, or isn't what its name promises.</summary>
    public static void Need(string name, string package) => _ = Tool.Need(name, package);

    /// <summary>Runs a program; kills it, and fails, when it takes longer than it may.</summary>
    /// <returns>Its exit status, and all that it wrote.</returns>
    public static (int Status, string Text) Run(TimeSpan limit, string folder, string name, params string[] arguments) =>
        Run(limit, folder, NoVariables, name, arguments);

    /// <summary>Runs a program with more in its environment; null takes a variable away.</summary>
    /// <returns>Its exit status, and all that it wrote.</returns>
    public static (int Status, string Text) Run(
        TimeSpan limit, string folder, IReadOnlyDictionary<string, string?> environment, string name, params string[] arguments)
    {
        ProcessStartInfo start =
            new(name, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string variable, string? value) in environment)
            start.Environment[variable] = value;
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
    public static string Succeed(TimeSpan limit, string folder, string name, params string[] arguments) =>
        Succeed(limit, folder, NoVariables, name, arguments);

    /// <summary>The same, for programs that must succeed, with more in their environment.</summary>
    /// <returns>All that it wrote.</returns>
    public static string Succeed(
        TimeSpan limit, string folder, IReadOnlyDictionary<string, string?> environment, string name, params string[] arguments)
    {
        (int status, string text) = Run(limit, folder, environment, name, arguments);
        Assert.True(status == 0, $"{name} {string.Join(' ', arguments)} ended with {status}: {text}");
        return text;
    }
}
