using System.Text.RegularExpressions;

namespace Wct.Packages.Tests;

/// <summary>A package's version says the commit that it was made of: NuGet answers from its cache where it has the same version
/// already.</summary>
public partial class VersionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly string[] Files =
        ["Directory.Build.props", "src/Directory.Build.targets", "src/Packaging/PackageVersion.targets", "src/Packaging/Commit.txt",
            ".gitattributes"];

    private static string Default => PackedFeed.Release + "-dev";

    [Fact]
    public void ACheckoutsCommitIsInIt()
    {
        using TemporaryFolder folder = Checkout();
        string commit = Commit(folder, "one");
        Assert.Equal($"{Default}.{commit}", Version(folder));
        Assert.Matches(Form(), Version(folder));
        Assert.Equal("1.2.3", Version(folder, "-p:PackageVersion=1.2.3"));
    }

    [Fact]
    public void ChangesThatNoCommitHoldsAreInItToo()
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
        // Also inside a checkout of something else.
        Git(unpacked, "init", "-q");
        Assert.Equal($"{Default}.{commit}", Version(unpacked.File("source")));
    }

    [Fact]
    public void WhereNothingIsKnownOfACommitThereIsADefault()
    {
        using TemporaryFolder folder = new();
        CopyTo(folder);
        Assert.Equal(Default, Version(folder));
        // A checkout without a commit.
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

    // What a version is made by, and a project that is a package.
    private static void CopyTo(TemporaryFolder folder)
    {
        foreach (string file in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file))!);
            File.Copy(Path.Combine(Shared.Root, file), folder.File(file));
        }

        // As a checkout has it, also where these tests run in an archive.
        File.WriteAllText(folder.File("src/Packaging/Commit.txt"), "$Format:%ct.g%H$\n");
        Directory.CreateDirectory(folder.File("src/Some"));
        File.WriteAllText(
            folder.File("src/Some/Some.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><IsPackable>true</IsPackable></PropertyGroup></Project>\n");
        File.WriteAllText(folder.File(".gitignore"), "obj/\n");
    }

    // The commit's time and the beginning of its hash.
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
