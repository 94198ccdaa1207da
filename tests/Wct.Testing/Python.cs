using System.Collections.Concurrent;
using Xunit;

namespace Wct.Testing;

/// <summary>Finds a Python interpreter that has the modules that a test needs.</summary>
public static class Python
{
    // The system's own interpreter comes first, because another one on the path may lack Debian's packages.
    private static readonly string[] Interpreters = OperatingSystem.IsWindows() ? ["python"] : ["/usr/bin/python3", "python3"];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly ConcurrentDictionary<string, string?> Found = new();

    /// <summary>Finds an interpreter that can import the modules. Skips the calling test, with the reason, if there is none.</summary>
    /// <param name="package">The Debian packages with the modules, for the reason.</param>
    /// <param name="modules">Names of modules: "torch".</param>
    public static string Need(string package, params string[] modules)
    {
        string script = string.Concat(modules.Select(module => $"import {module}\n")) + "print('has them')";
        string? python = Found.GetOrAdd(script, _ => Interpreters.Select(name => ToolFinder.OnPath.Find(name).Path).FirstOrDefault(path =>
            path is not null
                && Programs.Run(Limit, Path.GetTempPath(), path, "-c", script).Text.Contains("has them", StringComparison.Ordinal)));
        Assert.SkipWhen(python is null, $"needs Python with {string.Join(", ", modules)} (Debian: {package})");
        return python!;
    }
}
