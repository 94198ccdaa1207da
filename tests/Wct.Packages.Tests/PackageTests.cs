using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Wct.Packages.Tests;

/// <summary>Tests the contents of the packages.</summary>
public class PackageTests(PackedFeed feed)
{
    /// <summary>The systems for which the tool has a package.</summary>
    internal static readonly string[] Systems =
        ["linux-x64", "linux-arm64", "linux-musl-x64", "linux-musl-arm64", "win-x64", "win-arm64", "osx-arm64", "any"];

    // The tool's package only names those of the systems.
    private static readonly string[] WithoutAssembly = ["Wct.Tool", "Wct.Templates"];

    public static TheoryData<string> WithAssembly =>
    [
        "Wct.Kernels", "Wct.Net", "Wct.Ilgpu", "Wct.Imaging", "Wct.Imaging.Magick", "Wct.MathNet", "Wct.SkiaSharp", "Wct.ImageSharp",
        "Wct.AspNetCore", "Wct.Bindings", .. Systems.Select(system => $"Wct.Tool.{system}"),
    ];

    public static TheoryData<string> Ids => [.. WithAssembly.Select(id => id.Data), .. WithoutAssembly];

    [Fact]
    public void PackingMakesExactlyThesePackages()
    {
        IEnumerable<string> expected = Ids.Select(id => $"{id.Data}.{PackedFeed.Version}.nupkg")
            .Concat(WithAssembly.Select(id => $"{id.Data}.{PackedFeed.Version}.snupkg"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.GetFiles(feed.Folder).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void MetadataIsComplete(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package(id));
        using Stream stream = package.GetEntry($"{id}.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();
        string? Of(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal(
            (id, PackedFeed.Version, "MIT", "README.md", "icon.png"), (Of("id"), Of("version"), Of("license"), Of("readme"), Of("icon")));
        Assert.True(Of("description")!.Length > 30 && Of("copyright")!.Contains("The Wct authors", StringComparison.Ordinal)
            && Of("tags")!.Split(' ').Contains("style-transfer"), metadata.ToString());
        using StreamReader readme = new(package.GetEntry("README.md")!.Open());
        string title = id.StartsWith("Wct.Tool.", StringComparison.Ordinal) ? "Wct.Tool" : id;
        Assert.StartsWith($"# {title}\n", readme.ReadToEnd().ReplaceLineEndings("\n"));
        Assert.InRange(package.GetEntry("icon.png")!.Length, 1, 20_000);
        Assert.NotNull(package.GetEntry("LICENSE"));

        IEnumerable<XElement> dependencies = metadata.Descendants().Where(element => element.Name.LocalName == "dependency");
        string[] expected = id switch
        {
            "Wct.Net" or "Wct.Imaging" => ["Wct.Kernels"],
            "Wct.Imaging.Magick" => ["Magick.NET-Q8-AnyCPU", "Wct.Imaging"],
            "Wct.Ilgpu" => ["ILGPU", "Wct.Net"],
            "Wct.MathNet" => ["MathNet.Numerics", "Wct.Kernels"],
            "Wct.SkiaSharp" => ["SkiaSharp", "Wct.Net"],
            "Wct.AspNetCore" => ["Wct.Imaging", "Wct.Net"],
            "Wct.ImageSharp" => ["SixLabors.ImageSharp", "Wct.Net"],
            _ => [],
        };
        Assert.Equal(expected, dependencies.Select(element => element.Attribute("id")!.Value).Distinct().Order(StringComparer.Ordinal));
        // The project's packages all have one version, so that packages of one commit are used together.
        Assert.All(
            dependencies.Where(element => element.Attribute("id")!.Value.StartsWith("Wct.", StringComparison.Ordinal)),
            element => Assert.Equal(PackedFeed.Version, element.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(WithAssembly))]
    public void EachAssemblyHasDocumentationAndSymbols(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package(id)), symbols = ZipFile.OpenRead(feed.Package(id, "snupkg"));
        ZipArchiveEntry[] assemblies =
            [.. package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) && IsOurs(entry.Name))];
        Assert.NotEmpty(assemblies);
        foreach (ZipArchiveEntry assembly in assemblies)
        {
            string path = Path.ChangeExtension(assembly.FullName, null);
            bool isTool = id.StartsWith("Wct.Tool.", StringComparison.Ordinal);
            Assert.Equal((assembly.FullName, !isTool), (assembly.FullName, package.GetEntry(path + ".xml") is not null));
            ZipArchiveEntry? pdb = symbols.GetEntry(path + ".pdb");
            Assert.True(pdb is not null, $"{path}.pdb");
            using PEReader image = new(new MemoryStream(Bytes(assembly)));
            DebugDirectoryEntry[] debug = [.. image.ReadDebugDirectory()];
            Assert.Contains(debug, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
            using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(pdb)));
            MetadataReader reader = provider.GetMetadataReader();
            // The symbols are those of the assembly, and don't contain the folder in which they were built.
            BlobContentId pdbId = new(reader.DebugMetadataHeader!.Id);
            Assert.Equal(image.ReadCodeViewDebugDirectoryData(
                debug.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView)).Guid, pdbId.Guid);
            Assert.All(reader.Documents, document => Assert.StartsWith("/_", reader.GetString(reader.GetDocument(document).Name)));
        }
    }

    [Fact]
    public void TheClientsPackageHasThisMachinesLibrary()
    {
        feed.NeedNativeLibrary();
        Assert.Equal(["runtimes/linux-x64/native/libwct.so"], Libraries(feed.Package("Wct.Bindings")));
    }

    [Fact]
    public void TheClientsPackageTakesLibrariesOfSeveralMachines()
    {
        string folder = feed.NewFolder();
        foreach (string path in new[] { "linux-x64/libwct.so", "win-x64/libwct.dll" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, "made", path))!);
            File.WriteAllText(Path.Combine(folder, "made", path), path);
        }

        string said = feed.PackClient(folder, $"-p:NativeLibraries={Path.Combine(folder, "made")}");
        string[] libraries = Libraries(Path.Combine(folder, Path.GetFileName(feed.Package("Wct.Bindings"))));
        Assert.Equal(["runtimes/linux-x64/native/libwct.so", "runtimes/win-x64/native/wct.dll"], libraries);
        Assert.DoesNotContain("WCT100", said, StringComparison.Ordinal);
    }

    [Fact]
    public void PackingWarnsIfThereIsNoLibrary()
    {
        string folder = feed.NewFolder();
        string said = feed.PackClient(folder, "-p:NativeRuntime=no-such-machine");
        Assert.Contains("warning WCT1001: Wct.Bindings is packed without libwct for no-such-machine", said);
        Assert.Contains("warning WCT1002", said);
        Assert.Empty(Libraries(Path.Combine(folder, Path.GetFileName(feed.Package("Wct.Bindings")))));
    }

    [Fact]
    public void PackingWarnsIfTheWindowsLibraryIsMissing()
    {
        string folder = feed.NewFolder(), library = Path.Combine(folder, "made", "linux-x64", "libwct.so");
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        File.WriteAllText(library, "a library");
        string said = feed.PackClient(folder, $"-p:NativeLibraries={Path.Combine(folder, "made")}");
        Assert.Contains("warning WCT1002: Wct.Bindings is packed without the library for Windows (runtimes/win-x64/native/wct.dll)", said);
        Assert.DoesNotContain("WCT1001", said, StringComparison.Ordinal);
        // The README's pack command gives this warning too, on machines that can't build the Windows library.
        Assert.Equal(!OperatingSystem.IsWindows(), feed.PackOutput.Contains("warning WCT1002", StringComparison.Ordinal));
    }

    private static string[] Libraries(string path)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        IEnumerable<string> names = package.Entries.Select(entry => entry.FullName);
        return [.. names.Where(name => name.StartsWith("runtimes/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static bool IsOurs(string name) => name is "wct.dll" || name.StartsWith("Wct.", StringComparison.Ordinal);

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
