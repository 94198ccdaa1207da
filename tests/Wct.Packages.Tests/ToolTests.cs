using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Wct.Packages.Tests;

/// <summary>Tests that "dotnet tool install" gets the tool's package for this system, and that each package has the native library of one
/// system only.</summary>
public class ToolTests(PackedFeed feed)
{
    // With its compressed native library, of 21 to 41 MB. All systems together had 112 MB.
    private const long MostBytes = 27 << 20, MostBytesWithoutLibrary = 9 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Systems => [.. PackageTests.Systems];

    [Theory]
    [MemberData(nameof(Systems))]
    public void APackageHasTheLibraryOfItsSystemOnly(string system)
    {
        string path = feed.Package($"Wct.Tool.{system}");
        using ZipArchive package = ZipFile.OpenRead(path);
        string[] native = [.. package.Entries.Where(entry => entry.Name.Contains("Magick.Native", StringComparison.Ordinal))
            .Select(entry => entry.FullName)];
        string extension = system.StartsWith("win", StringComparison.Ordinal) ? ".dll"
            : system.StartsWith("osx", StringComparison.Ordinal) ? ".dll.dylib" : ".dll.so";
        string processor = system.Split('-')[^1];
        Assert.Equal(system == "any" ? [] : [$"tools/net10.0/{system}/Magick.Native-Q8-{processor}{extension}"], native);
        Assert.InRange(new FileInfo(path).Length, 1 << 20, system == "any" ? MostBytesWithoutLibrary : MostBytes);
        // The runtime checks that the files are there that this list names.
        using StreamReader list = new(package.GetEntry($"tools/net10.0/{system}/wct.deps.json")!.Open());
        Assert.Equal(system != "any", list.ReadToEnd().Contains("Magick.Native", StringComparison.Ordinal));
    }

    [Fact]
    public void TheToolsPackageNamesThoseOfTheSystems()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package("Wct.Tool"));
        using Stream settings = package.GetEntry("tools/any/any/DotnetToolSettings.xml")!.Open();
        IEnumerable<XElement> packages = XDocument.Load(settings).Descendants("RuntimeIdentifierPackage");
        Assert.Equal(
            PackageTests.Systems.Select(system => (system, $"Wct.Tool.{system}")),
            packages.Select(element => (element.Attribute("RuntimeIdentifier")!.Value, element.Attribute("Id")!.Value)));
        Assert.DoesNotContain(package.Entries, entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Fact]
    public void TheInstalledToolReadsAndWritesWebP()
    {
        Assert.SkipWhen(System == "any", $"Magick.NET has no native library for {RuntimeInformation.RuntimeIdentifier}");
        string store = Path.Combine(Path.GetDirectoryName(feed.Tool)!, ".store", "wct.tool", PackedFeed.Version);
        Assert.Equal(["wct.tool", $"wct.tool.{System}"], Directory.GetDirectories(store).Select(Path.GetFileName).Order());
        string folder = feed.NewFolder();
        Stylize(folder, feed.Tool, [], Path.Combine(Shared.Root, "samples", "stilllife.jpg"), "out.webp");
        Assert.Equal("WEBP"u8, File.ReadAllBytes(Path.Combine(folder, "out.webp")).AsSpan(8, 4));
        Assert.Contains("out.png: ", Stylize(folder, feed.Tool, [], "out.webp", "out.png"));
    }

    [Fact]
    public void WithoutANativeLibraryOtherFormatsAreNamed()
    {
        string folder = feed.NewFolder(), wct = Path.Combine(folder, "tools", "net10.0", "any", "wct.dll");
        ZipFile.ExtractToDirectory(feed.Package("Wct.Tool.any"), folder);
        // The first bytes of the format are enough.
        File.WriteAllBytes(Path.Combine(folder, "photo.webp"), [.. "RIFF"u8, 16, 0, 0, 0, .. "WEBPVP8 "u8, .. new byte[40]]);
        string photo = Path.Combine(Shared.Root, "samples", "stilllife.jpg");
        Assert.Contains("out.png: ", Stylize(folder, Programs.Dotnet, [wct], photo, "out.png"));

        // One line that names the file or its format, and the system.
        string system = Regex.Escape(RuntimeInformation.RuntimeIdentifier);
        (int status, string said) = Run(folder, Programs.Dotnet, [wct], "photo.webp", "other.png");
        Assert.NotEqual(0, status);
        Assert.Matches($@"^wct: photo\.webp: .+ for {system}[^\n]*\n$", said.ReplaceLineEndings("\n"));
        (status, said) = Run(folder, Programs.Dotnet, [wct], "out.png", "out.webp");
        Assert.NotEqual(0, status);
        Assert.Matches($@"^wct: [^\n]*\bwebp\b[^\n]*\n", said.ReplaceLineEndings("\n").ToLowerInvariant());
        Assert.DoesNotContain("internal error", said);
        Assert.False(File.Exists(Path.Combine(folder, "out.webp")));
    }

    [Fact]
    public void WithoutANativeLibraryAColorProfileIsKept()
    {
        string folder = feed.NewFolder(), wct = Path.Combine(folder, "tools", "net10.0", "any", "wct.dll");
        ZipFile.ExtractToDirectory(feed.Package("Wct.Tool.any"), folder);
        Stylize(folder, Programs.Dotnet, [wct], Path.Combine(Shared.Root, "samples", "stilllife.jpg"), "small.png");
        byte[] photo = FlatPng.WithChunk(File.ReadAllBytes(Path.Combine(folder, "small.png")), "iCCP"u8, ProfileChunk());
        File.WriteAllBytes(Path.Combine(folder, "photo.png"), photo);
        Stylize(folder, Programs.Dotnet, [wct], "photo.png", "out.png");
        Assert.NotEqual(-1, File.ReadAllBytes(Path.Combine(folder, "out.png")).AsSpan().IndexOf("iCCP"u8));
    }

    // A profile's header without a table; nothing but a converter looks further.
    private static byte[] ProfileChunk()
    {
        byte[] profile = new byte[132];
        profile[3] = (byte)profile.Length;
        "RGB "u8.CopyTo(profile.AsSpan(16));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        MemoryStream body = new();
        body.Write("x\0\0"u8);
        using (ZLibStream deflated = new(body, CompressionLevel.Fastest, leaveOpen: true))
            deflated.Write(profile);
        return body.ToArray();
    }

    private static string System =>
        PackageTests.Systems.Contains(RuntimeInformation.RuntimeIdentifier) ? RuntimeInformation.RuntimeIdentifier : "any";

    private static string Stylize(string folder, string program, string[] first, string content, string output)
    {
        (int status, string said) = Run(folder, program, first, content, output);
        Assert.True(status == 0, said);
        return said;
    }

    private static (int Status, string Said) Run(string folder, string program, string[] first, string content, string output)
    {
        string painting = Path.Combine(Shared.Root, "samples", "mosaic.jpg");
        return Programs.Run(
            Limit, folder, program,
            [.. first, "stylize", content, painting, "--size", "64", "--style-size", "64", "--device", "cpu", "-o", output]);
    }
}
