using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(Wct.Packages.Tests.PackedFeed))]
// Each test builds or runs programs that use all processors.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Wct.Packages.Tests;

/// <summary>The packages, made once by the command that the README names, in a folder that serves as a source of packages.</summary>
public sealed class PackedFeed : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _tool;
    private int _programs;

    public PackedFeed()
    {
        _tool = new Lazy<string>(InstallTool);
        Folder = Directory.CreateDirectory(_folder.File("feed")).FullName;
        // Beside the sources that the machine has configured: those have what isn't ours.
        XElement source = new("add", new XAttribute("key", "packed"), new XAttribute("value", Folder));
        File.WriteAllText(_folder.File("nuget.config"), new XElement("configuration", new XElement("packageSources", source)).ToString());
        using (NativeBuild.Enter())
            Said = Programs.Succeed(Limit, Shared.Root, Programs.Dotnet, "pack", "Wct.sln", "-o", Folder);
        string packed = Path.GetFileName(Directory.GetFiles(Folder, "Wct.Net.*.nupkg").Single());
        Version = packed["Wct.Net.".Length..^".nupkg".Length];
    }

    /// <summary>The version that all packages have.</summary>
    internal static string Version { get; private set; } = "";

    /// <summary>The version that programs say they are.</summary>
    internal static string Release { get; } = XDocument.Load(
        Path.Combine(Shared.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>Holds the packages.</summary>
    internal string Folder { get; }

    /// <summary>What packing wrote.</summary>
    internal string Said { get; }

    /// <summary>Where packages are unpacked: a folder of their own, so that nothing of an earlier build is used.</summary>
    internal string Unpacked => _folder.File("packages");

    /// <summary>The tool, installed by the SDK's command.</summary>
    internal string Tool => _tool.Value;

    /// <summary>A package's file.</summary>
    internal string Package(string id, string extension = "nupkg") => Path.Combine(Folder, $"{id}.{Version}.{extension}");

    /// <summary>Skips the calling test, with the reason, where the client's package could not get this machine's library.</summary>
    internal void NeedNativeLibrary() =>
        Assert.SkipWhen(Said.Contains("WCT1001", StringComparison.Ordinal), "libwct could not be compiled on this machine, packing said");

    /// <summary>A new folder outside the repository, whose settings don't count there.</summary>
    internal string NewFolder() => Directory.CreateDirectory(_folder.File($"program{Interlocked.Increment(ref _programs)}")).FullName;

    /// <summary>Makes a console program that references packages, and builds it.</summary>
    /// <param name="source">A file below this project's <c>Programs</c>.</param>
    /// <param name="packages">Names of our packages, and others as "name/version".</param>
    /// <returns>How building ended, what it wrote, and the folder with the built program, which is called "Program".</returns>
    internal (int Status, string Text, string Output) Build(string source, string framework, params string[] packages)
    {
        string folder = NewFolder();
        File.Copy(Path.Combine(Shared.Root, "tests", "Wct.Packages.Tests", "Programs", source), Path.Combine(folder, source));
        (string Name, string Value)[] properties =
        [
            ("TargetFramework", framework), ("OutputType", "Exe"), ("AssemblyName", "Program"), ("LangVersion", "latest"),
            ("NuGetAudit", "false"),
            ("TreatWarningsAsErrors", "true"),
        ];
        XElement project = new("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup", properties.Select(property => new XElement(property.Name, property.Value))),
            new XElement("ItemGroup", packages.Select(package => $"{package}/{Version}".Split('/'))
                .Select(package => new XElement(
                    "PackageReference", new XAttribute("Include", package[0]), new XAttribute("Version", package[1])))));
        File.WriteAllText(Path.Combine(folder, "Program.csproj"), project.ToString());
        (int status, string text) = Programs.Run(Limit, folder, Variables, Programs.Dotnet, "build", "-o", "out");
        return (status, text, Path.Combine(folder, "out"));
    }

    /// <summary>Builds a program for this runtime and runs it; both must succeed.</summary>
    /// <returns>What it wrote.</returns>
    internal string BuildAndRun(string source, params string[] packages)
    {
        (int status, string text, string output) = Build(source, "net10.0", packages);
        Assert.True(status == 0, text);
        return Programs.Succeed(Limit, output, Programs.Dotnet, Path.Combine(output, "Program.dll")).ReplaceLineEndings("\n");
    }

    /// <summary>Packs the client once more, in a way of its own.</summary>
    /// <returns>What packing wrote.</returns>
    internal string PackClient(string folder, string property)
    {
        using IDisposable alone = NativeBuild.Enter();
        return Programs.Succeed(Limit, Shared.Root, Programs.Dotnet, "pack", "src/Wct.Bindings", "--no-build", "-o", folder, property);
    }

    public void Dispose() => _folder.Dispose();

    private string InstallTool()
    {
        string folder = NewFolder();
        Programs.Succeed(
            Limit, folder, Variables, Programs.Dotnet, "tool", "install", "Wct.Tool", "--version", Version, "--tool-path", "tools");
        return Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "wct.exe" : "wct");
    }

    private Dictionary<string, string?> Variables => new() { ["NUGET_PACKAGES"] = Unpacked };
}
