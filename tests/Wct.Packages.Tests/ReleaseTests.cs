using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace Wct.Packages.Tests;

/// <summary>Tests what a package says of its repository, and that a release that breaks programs is refused.</summary>
public class ReleaseTests
{
    private const string Old = "namespace Some;\n/// <summary>A type.</summary>\npublic static class Door\n{\n"
        + "    /// <summary>A number.</summary>\n    public static int Number => 1;\n}\n";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public void APublicRepositoryIsNamedAndItsPicturesAreShown()
    {
        using TemporaryFolder folder = Checkout("https://github.com/owner/name.git");
        string hash = SmallCheckout.Git(folder, "rev-parse", "HEAD").Trim(), files = $"https://raw.githubusercontent.com/owner/name/{hash}";
        Pack(folder);
        using ZipArchive package = Package(folder, "nupkg"), symbols = Package(folder, "snupkg");
        XElement metadata = Metadata(package), repository = Element(metadata, "repository")!;
        Assert.Equal("https://github.com/owner/name", repository.Attribute("url")!.Value.Replace(".git", "", StringComparison.Ordinal));
        Assert.Equal((hash, "git"), (repository.Attribute("commit")!.Value, repository.Attribute("type")!.Value));
        Assert.StartsWith("https://github.com/owner/name", Element(metadata, "projectUrl")!.Value);
        Assert.Equal($"# Some\n\n![A; 100% picture]({files}/docs/a.jpg)\n\nText.\n", Text(package, "README.md"));
        // SourceLink: the address of a source file for debuggers.
        Assert.Contains($"{files}/*", SourceLink(symbols));
    }

    [Fact]
    public void AnotherRemoteStaysPrivate()
    {
        using TemporaryFolder folder = Checkout("https://git.example.com/owner/name.git");
        Pack(folder);
        using ZipArchive package = Package(folder, "nupkg");
        Assert.Null(Element(Metadata(package), "repository")?.Attribute("url"));
        Assert.Null(Element(Metadata(package), "projectUrl"));
        Assert.Equal("# Some\n\nText.\n", Text(package, "README.md"));
    }

    [Fact]
    public void AReleaseThatBreaksProgramsIsRefused()
    {
        Programs.Need("bash", "bash");
        using TemporaryFolder folder = Checkout("https://git.example.com/owner/name.git");
        Programs.Succeed(Limit, folder.Path, Programs.Dotnet, "new", "sln", "-n", "Wct", "--format", "sln");
        Programs.Succeed(Limit, folder.Path, Programs.Dotnet, "sln", "Wct.sln", "add", "src/Some");
        SmallCheckout.Commit(folder, "solution");
        // A tag of this commit is the release that is packed, and not one to compare with.
        SmallCheckout.Git(folder, "tag", "v0.1.0");
        Assert.Contains("no release to compare with", Script(folder, "first", 0));

        Write(folder, Old.Replace("Number", "Count", StringComparison.Ordinal));
        SmallCheckout.Commit(folder, "break");
        string said = Script(folder, "second", 1);
        Assert.Contains("CP0002", said);
        Assert.Contains("Some.Door.Number", said);

        const string Method = "public static int";
        Write(folder, Old.Replace(Method, $"{Method} More => 2;\n    /// <summary>Old.</summary>\n    {Method}", StringComparison.Ordinal));
        SmallCheckout.Commit(folder, "add");
        Script(folder, "third", 0);
        Assert.True(File.Exists(folder.File("third/Some.0.2.0.nupkg")));
    }

    private static TemporaryFolder Checkout(string remote)
    {
        TemporaryFolder folder = SmallCheckout.Create();
        Write(folder, Old);
        File.WriteAllText(folder.File("src/Some/PACKAGE.md"), "# Some\n\n![A; 100% picture](../../docs/a.jpg)\n\nText.\n");
        SmallCheckout.Git(folder, "remote", "add", "origin", remote);
        SmallCheckout.Commit(folder, "one");
        return folder;
    }

    private static void Write(TemporaryFolder folder, string source) => File.WriteAllText(folder.File("src/Some/Door.cs"), source);

    private static void Pack(TemporaryFolder folder) => Programs.Succeed(
        Limit, folder.Path, Programs.Dotnet, "pack", "src/Some", "-o", "packed", "-nodeReuse:false", "-p:UseSharedCompilation=false",
        "-p:PackageVersion=0.2.0");

    private static string Script(TemporaryFolder folder, string output, int expected)
    {
        (int status, string said) = Programs.Run(
            Limit, folder.Path, "bash", ".ci/pack", output, "-p:PackageVersion=0.2.0", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.True(status == expected, said);
        return said;
    }

    private static ZipArchive Package(TemporaryFolder folder, string extension) =>
        ZipFile.OpenRead(folder.File($"packed/Some.0.2.0.{extension}"));

    private static XElement Metadata(ZipArchive package) => XDocument.Parse(Text(package, "Some.nuspec")).Root!.Elements().Single();

    private static XElement? Element(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static string Text(ZipArchive package, string name)
    {
        using StreamReader reader = new(package.GetEntry(name)!.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    // The document that Microsoft's Portable PDB specification calls "Source Link".
    private static string SourceLink(ZipArchive symbols)
    {
        Guid kind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
        MemoryStream bytes = new();
        using (Stream stream = symbols.GetEntry("lib/net10.0/Some.pdb")!.Open())
            stream.CopyTo(bytes);
        bytes.Position = 0;
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
        MetadataReader reader = provider.GetMetadataReader();
        CustomDebugInformation found = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == kind);
        return System.Text.Encoding.UTF8.GetString(reader.GetBlobBytes(found.Value));
    }
}
