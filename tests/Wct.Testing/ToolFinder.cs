using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Wct.Testing;

/// <summary>Finds other programs, and asks each what it is before it is used: "convert" may be ImageMagick, or something else of that
/// name.</summary>
/// <param name="folders">Where programs are looked for, as in the variable PATH.</param>
/// <param name="patience">How long a program may take to say what it is.</param>
public sealed class ToolFinder(string folders, TimeSpan patience)
{
    // By name: what to ask, and how the answer begins, ends or goes in between. Other programs must answer --version, whatever they say.
    private static readonly Dictionary<string, (string Question, string Answer)> Known = new()
    {
        // Earlier ones, and the library that it came from, decode some files to other bytes.
        ["cjpeg"] = ("-version", TurboJpeg),
        ["djpeg"] = ("-version", TurboJpeg),
        ["jpegtran"] = ("-version", TurboJpeg),
        ["convert"] = ("-version", "^Version: ImageMagick"),
        ["magick"] = ("-version", "^Version: ImageMagick"),
        ["pngtopnm"] = ("--version", Netpbm),
        ["pnmtopng"] = ("--version", Netpbm),
        ["pnmtoplainpnm"] = ("--version", Netpbm),
        ["ppmtopgm"] = ("--version", Netpbm),
        ["pgmtopbm"] = ("--version", Netpbm),
        ["pamdepth"] = ("--version", Netpbm),
        ["gcc"] = ("--version", Compiler),
        ["g++"] = ("--version", Compiler),
        ["clang"] = ("--version", Compiler),
        ["nm"] = ("--version", "^GNU nm|^LLVM"),
        ["mono"] = ("--version", "^Mono JIT compiler"),
        ["node"] = ("--version", @"^v\d+\.\d+"),
        ["python3"] = ("--version", @"^Python 3\.\d+"),
        ["script"] = ("--version", "util-linux"),
        ["valgrind"] = ("--version", @"^valgrind-\d"),
    };

    private const string TurboJpeg = @"^libjpeg-turbo version (2\.[1-9]|[3-9]\.|\d\d)", Netpbm = "Netpbm",
        Compiler = "^(gcc|g\\+\\+|cc|c\\+\\+) |clang|GCC";

    private readonly ConcurrentDictionary<string, Lazy<(string? Path, string? Problem)>> _found = new();

    /// <summary>Programs on this process's path.</summary>
    public static ToolFinder OnPath { get; } = new(Environment.GetEnvironmentVariable("PATH") ?? "", TimeSpan.FromSeconds(30));

    /// <summary>A program's full path; or null, and why it can't be used.</summary>
    /// <param name="name">Its name, or its full path.</param>
    public (string? Path, string? Problem) Find(string name) => _found.GetOrAdd(name, key => new(() => Ask(key))).Value;

    private (string? Path, string? Problem) Ask(string name)
    {
        string? path = folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() && Path.GetExtension(name) == "" ? name + ".exe" : name))
            .FirstOrDefault(IsProgram);
        if (path is null)
            return (null, "it isn't on the path");
        (string question, string pattern) =
            Known.GetValueOrDefault(Path.GetFileName(name).Replace(".exe", "", StringComparison.OrdinalIgnoreCase), ("--version", ""));
        (string said, bool succeeded) = Answer(path, question);
        bool isIt = succeeded && Regex.IsMatch(said, pattern, RegexOptions.Multiline);
        return isIt ? (path, null) : (null, $"{path} {question} says '{said.Split('\n')[0].Trim()}'");
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private (string Said, bool Succeeded) Answer(string path, string question)
    {
        ProcessStartInfo start =
            new(path, [question]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            StringBuilder said = new();
            process.OutputDataReceived += (_, line) => Add(said, line.Data);
            process.ErrorDataReceived += (_, line) => Add(said, line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.StandardInput.Close();
            if (!process.WaitForExit(patience))
            {
                process.Kill(entireProcessTree: true);
                return ("nothing that ends", false);
            }

            process.WaitForExit();
            lock (said)
                return (said.ToString(), process.ExitCode == 0);
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            // No program for this machine, or one that closed its input before it was asked.
            return (error.Message, false);
        }
    }

    private static void Add(StringBuilder said, string? line)
    {
        // Nothing is the end of one of the two.
        if (line is null)
            return;
        lock (said)
            said.Append(line).Append('\n');
    }
}
