using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(Wct.Packages.Tests.PackedFeed))]
// Each test builds or runs programs that use all processors.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Wct.Packages.Tests;

/// <summary>Packs all packages once, with the command in the README, into a folder that serves as a package source.</summary>
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
        // An additional source: the machine's configured sources have the packages of others.
        XElement source = new("add", new XAttribute("key", "packed"), new XAttribute("value", Folder));
        File.WriteAllText(_folder.File("nuget.config"), new XElement("configuration", new XElement("packageSources", source)).ToString());
        using (NativeBuild.Enter())
            PackOutput = Programs.Succeed(Limit, Shared.Root, Programs.Dotnet, "pack", "Wct.sln", "-o", Folder);
        string packed = Path.GetFileName(Directory.GetFiles(Folder, "Wct.Net.*.nupkg").Single());
        Version = packed["Wct.Net.".Length..^".nupkg".Length];
    }

    /// <summary>The version of all packages.</summary>
    internal static string Version { get; private set; } = "";

    /// <summary>The version that programs print.</summary>
    internal static string Release { get; } = XDocument.Load(
        Path.Combine(Shared.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>The folder with the packages.</summary>
    internal string Folder { get; }

    /// <summary>The output of packing.</summary>
    internal string PackOutput { get; }

    /// <summary>The folder to which packages are unpacked. It is new, so that nothing of an earlier build is used.</summary>
    internal string Unpacked => _folder.File("packages");

    /// <summary>The variables with which commands use that folder.</summary>
    internal Dictionary<string, string?> Variables => new() { ["NUGET_PACKAGES"] = Unpacked };

    /// <summary>The tool, installed with the SDK's command.</summary>
    internal string Tool => _tool.Value;

    /// <summary>Returns the path of a package.</summary>
    internal string Package(string id, string extension = "nupkg") => Path.Combine(Folder, $"{id}.{Version}.{extension}");

    /// <summary>Skips the calling test, with the reason, if the client's package doesn't contain this machine's library.</summary>
    internal void NeedNativeLibrary()
    {
        string? warning = PackOutput.Split('\n').FirstOrDefault(line => line.Contains("WCT1001", StringComparison.Ordinal));
        Assert.SkipWhen(warning is not null, $"libwct could not be compiled on this machine: {warning}");
    }

    /// <summary>Creates a folder outside the repository, where the repository's settings don't apply.</summary>
    internal string NewFolder() => Directory.CreateDirectory(_folder.File($"program{Interlocked.Increment(ref _programs)}")).FullName;

    /// <summary>Creates and builds a console program that references packages.</summary>
    /// <param name="source">A file below this project's <c>Programs</c>.</param>
    /// <param name="packages">Names of the project's packages, and other packages as "name/version".</param>
    /// <returns>The build's exit code and output, and the folder with the built program, which is called "Program".</returns>
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
    /// <returns>The program's output.</returns>
    internal string BuildAndRun(string source, params string[] packages)
    {
        (int status, string text, string output) = Build(source, "net10.0", packages);
        Assert.True(status == 0, text);
        return Programs.Succeed(Limit, output, Programs.Dotnet, Path.Combine(output, "Program.dll")).ReplaceLineEndings("\n");
    }

    /// <summary>Packs the client again, with a property of its own.</summary>
    /// <returns>The output of packing.</returns>
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
}
