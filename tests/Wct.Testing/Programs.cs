using System.Diagnostics;
using Xunit;

namespace Wct.Testing;

/// <summary>Runs other programs to their end.</summary>
public static class Programs
{
    private static readonly Dictionary<string, string?> NoVariables = [];

    /// <summary>The dotnet host that runs the tests, if it is known; not every machine has it on the path.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Returns whether a program is on the path and identifies itself as the expected one.</summary>
    public static bool Exists(string name) => ToolFinder.OnPath.Find(name).Path is not null;

    /// <summary>Skips the calling test if a program is missing or is another one of the same name.</summary>
    public static void Need(string name, string package) => _ = Tool.Need(name, package);

    /// <summary>Runs a program. If it takes longer than the limit, kills it and fails.</summary>
    /// <returns>The program's exit code, standard output and standard error.</returns>
    public static (int Status, string Text) Run(TimeSpan limit, string folder, string name, params string[] arguments) =>
        Run(limit, folder, NoVariables, name, arguments);

    /// <summary>Runs a program with additional environment variables; null removes a variable.</summary>
    /// <returns>The program's exit code, standard output and standard error.</returns>
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

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>The program's standard output and standard error.</returns>
    public static string Succeed(TimeSpan limit, string folder, string name, params string[] arguments) =>
        Succeed(limit, folder, NoVariables, name, arguments);

    /// <summary>Runs a program that must succeed, with additional environment variables; null removes a variable.</summary>
    /// <returns>The program's standard output and standard error.</returns>
    public static string Succeed(
        TimeSpan limit, string folder, IReadOnlyDictionary<string, string?> environment, string name, params string[] arguments)
    {
        (int status, string text) = Run(limit, folder, environment, name, arguments);
        Assert.True(status == 0, $"{name} {string.Join(' ', arguments)} ended with {status}: {text}");
        return text;
    }
}
