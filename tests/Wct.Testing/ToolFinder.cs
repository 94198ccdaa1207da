using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Wct.Testing;

/// <summary>Finds other programs, and checks the version text of each before it is used: "convert" may be ImageMagick or another
/// program.</summary>
/// <param name="folders">The folders in which programs are searched, as in the variable PATH.</param>
/// <param name="patience">How long a program may take to print its version.</param>
public sealed class ToolFinder(string folders, TimeSpan patience)
{
    // For each name, the version option and a pattern that the output must match. Other programs must accept --version, with any output.
    private static readonly Dictionary<string, (string Question, string Answer)> Known = new()
    {
        // Earlier versions, and the IJG's original library, decode some files to other bytes.
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
        Compiler = "^(gcc|g\\+\\+|cc|c\\+\\+) |clang version|GCC";

    private readonly ConcurrentDictionary<string, Lazy<(string? Path, string? Problem)>> _found = new();

    /// <summary>Finds programs on this process's path.</summary>
    public static ToolFinder OnPath { get; } = new(Environment.GetEnvironmentVariable("PATH") ?? "", TimeSpan.FromSeconds(30));

    /// <summary>Returns a program's full path, or null and the reason why it can't be used.</summary>
    /// <param name="name">The program's name or full path.</param>
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
            // The file is no program for this machine, or the program closed its input early.
            return (error.Message, false);
        }
    }

    private static void Add(StringBuilder said, string? line)
    {
        // Null marks the end of standard output or standard error.
        if (line is null)
            return;
        lock (said)
            said.Append(line).Append('\n');
    }
}
