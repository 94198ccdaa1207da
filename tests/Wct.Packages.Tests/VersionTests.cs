using System.Text.RegularExpressions;

namespace Wct.Packages.Tests;

/// <summary>Tests that a package's version contains the commit. Otherwise NuGet would use an older package of the same version from its
/// cache.</summary>
public partial class VersionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly string[] Files =
        ["Directory.Build.props", "src/Directory.Build.targets", "src/Packaging/PackageVersion.targets", "src/Packaging/Commit.txt",
            ".gitattributes"];

    private static string Default => PackedFeed.Release + "-dev";

    [Fact]
    public void TheVersionContainsTheCommit()
    {
        using TemporaryFolder folder = Checkout();
        string commit = Commit(folder, "one");
        Assert.Equal($"{Default}.{commit}", Version(folder));
        Assert.Matches(Form(), Version(folder));
        Assert.Equal("1.2.3", Version(folder, "-p:PackageVersion=1.2.3"));
    }

    [Fact]
    public void UncommittedChangesChangeTheVersion()
    {
        using TemporaryFolder folder = Checkout();
        string commit = Commit(folder, "one"), clean = Version(folder);
        File.AppendAllText(folder.File("src/Some/Some.csproj"), "<!-- a change -->\n");
        string changed = Version(folder);
        File.AppendAllText(folder.File("src/Some/Some.csproj"), "<!-- another -->\n");
        string changedMore = Version(folder);
        Assert.Distinct([clean, changed, changedMore]);
        Assert.Matches($@"^{Regex.Escape($"{Default}.{commit}")}\.m[0-9a-f]{{9}}$", changed);
        Assert.NotEqual(commit, Commit(folder, "two"));
        Assert.Matches(Form(), Version(folder));
        Assert.Distinct([clean, changed, changedMore, Version(folder)]);
    }

    [Fact]
    public void ASourceArchiveKnowsItsCommit()
    {
        using TemporaryFolder folder = Checkout(), unpacked = new();
        string commit = Commit(folder, "one");
        Git(folder, "archive", "-o", unpacked.File("source.zip"), "HEAD");
        System.IO.Compression.ZipFile.ExtractToDirectory(unpacked.File("source.zip"), unpacked.File("source"));
        Assert.Equal($"{Default}.{commit}", Version(unpacked.File("source")));
        // The same inside a checkout of another repository.
        Git(unpacked, "init", "-q");
        Assert.Equal($"{Default}.{commit}", Version(unpacked.File("source")));
    }

    [Fact]
    public void WithoutACommitTheVersionIsTheDefault()
    {
        using TemporaryFolder folder = new();
        CopyTo(folder);
        Assert.Equal(Default, Version(folder));
        // In a checkout without a commit.
        Programs.Need("git", "git");
        Git(folder, "init", "-q");
        Assert.Equal(Default, Version(folder));
    }

    private static TemporaryFolder Checkout()
    {
        Programs.Need("git", "git");
        TemporaryFolder folder = new();
        CopyTo(folder);
        Git(folder, "init", "-q");
        return folder;
    }

    // Copies the files that determine the version, and adds a project that is packed.
    private static void CopyTo(TemporaryFolder folder)
    {
        foreach (string file in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file))!);
            File.Copy(Path.Combine(Shared.Root, file), folder.File(file));
        }

        // As in a checkout, even if these tests run in a source archive.
        File.WriteAllText(folder.File("src/Packaging/Commit.txt"), "$Format:%ct.g%H$\n");
        Directory.CreateDirectory(folder.File("src/Some"));
        File.WriteAllText(
            folder.File("src/Some/Some.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><IsPackable>true</IsPackable></PropertyGroup></Project>\n");
        File.WriteAllText(folder.File(".gitignore"), "obj/\n");
    }

    // Returns the commit's time and the start of its hash.
    private static string Commit(TemporaryFolder folder, string message)
    {
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=A Test", "-c", "user.email=test@example.com", "commit", "-q", "--no-gpg-sign", "--allow-empty", "-m",
            message);
        string said = Git(folder, "log", "-1", "--format=%ct.g%H").Trim();
        return said[..(said.IndexOf('g') + 10)];
    }

    private static string Git(TemporaryFolder folder, params string[] arguments) => Programs.Succeed(Limit, folder.Path, "git", arguments);

    private static string Version(TemporaryFolder folder, params string[] more) => Version(folder.Path, more);

    private static string Version(string folder, params string[] more) => Programs.Succeed(
        Limit, Path.Combine(folder, "src", "Some"), Programs.Dotnet,
        ["msbuild", "-nologo", "-nodeReuse:false", "-t:_GetProjectVersion", "-getProperty:PackageVersion", .. more]).Trim();

    [GeneratedRegex(@"^\d+\.\d+\.\d+-dev\.\d{10}\.g[0-9a-f]{9}$")]
    private static partial Regex Form();
}
