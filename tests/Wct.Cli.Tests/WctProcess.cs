using System.Diagnostics;

namespace Wct.Cli.Tests;

/// <summary>The tool's exit code, standard output and standard error.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);

/// <summary>Runs the built tool as users run it.</summary>
internal static class WctProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // The dotnet host that runs the tests, if it is known; not every machine has it on the path.
    private static readonly string Host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    // The tests are in tests/Wct.Cli.Tests/bin/<configuration>/<framework>, the tool is at the same relative path below src/Wct.Cli.
    private static readonly string Tool = Path.Combine(
        Shared.Root, "src", "Wct.Cli", Path.GetRelativePath(Path.Combine(Shared.Root, "tests", "Wct.Cli.Tests"), AppContext.BaseDirectory),
        "wct.dll");

    private static bool IgnoresInterrupts => OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
        .Any(line => (Convert.ToUInt64(line[7..].Trim(), 16) & 1 << 1) != 0);

    /// <summary>The program that starts the tool, and its first argument.</summary>
    internal static string[] Command => [Host, Tool];

    /// <summary>Runs the tool to its end.</summary>
    /// <param name="folder">The current folder.</param>
    internal static Outcome Run(string folder, params string[] arguments) => RunWith(folder, [], arguments);

    /// <summary>Runs the tool to its end with additional environment variables.</summary>
    internal static Outcome RunWith(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        using Process process = Start(folder, environment, arguments);
        return End(process);
    }

    /// <summary>Runs a shell script in which "$@" starts the tool.</summary>
    internal static Outcome RunThrough(string folder, string script)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", script, "sh", .. Command])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return End(process);
    }

    /// <summary>Starts the tool.</summary>
    internal static Process Start(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        // A shell's background job ignores interrupts; the tool would inherit that.
        string[] command = IgnoresInterrupts ? ["env", "--default-signal=INT", .. Command] : Command;
        ProcessStartInfo start = new(command[0], [.. command[1..], .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal to the tool.</summary>
    /// <param name="process">The running tool.</param>
    /// <param name="signal">Such as "INT".</param>
    internal static void Signal(Process process, string signal)
    {
        // Uses the shell's built-in kill, because not every machine has a program of that name.
        using Process shell = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    /// <summary>Waits until the tool ends.</summary>
    internal static Outcome End(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail($"wct runs for more than {Limit}: {output.Result} {error.Result}");
        }

        return new Outcome(process.ExitCode, output.Result, error.Result);
    }
}
