using System.Text.RegularExpressions;

namespace Wct.Packages.Tests;

/// <summary>Tests that a package's version contains the commit. Otherwise NuGet would use an older package of the same version from its
/// cache.</summary>
public partial class VersionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static string Default => PackedFeed.Release + "-dev";

    [Fact]
    public void TheVersionContainsTheCommit()
    {
        using TemporaryFolder folder = SmallCheckout.Create();
        string commit = SmallCheckout.Commit(folder, "one");
        Assert.Equal($"{Default}.{commit}", Version(folder));
        Assert.Matches(Form(), Version(folder));
        Assert.Equal("1.2.3", Version(folder, "-p:PackageVersion=1.2.3"));
    }

    [Fact]
    public void UncommittedChangesChangeTheVersion()
    {
        using TemporaryFolder folder = SmallCheckout.Create();
        string commit = SmallCheckout.Commit(folder, "one"), clean = Version(folder);
        File.AppendAllText(folder.File("src/Some/Some.csproj"), "<!-- a change -->\n");
        string changed = Version(folder);
        File.AppendAllText(folder.File("src/Some/Some.csproj"), "<!-- another -->\n");
        string changedMore = Version(folder);
        Assert.Distinct([clean, changed, changedMore]);
        Assert.Matches($@"^{Regex.Escape($"{Default}.{commit}")}\.m[0-9a-f]{{9}}$", changed);
        Assert.NotEqual(commit, SmallCheckout.Commit(folder, "two"));
        Assert.Matches(Form(), Version(folder));
        Assert.Distinct([clean, changed, changedMore, Version(folder)]);
    }

    [Fact]
    public void ASourceArchiveKnowsItsCommit()
    {
        using TemporaryFolder folder = SmallCheckout.Create(), unpacked = new();
        string commit = SmallCheckout.Commit(folder, "one");
        SmallCheckout.Git(folder, "archive", "-o", unpacked.File("source.zip"), "HEAD");
        System.IO.Compression.ZipFile.ExtractToDirectory(unpacked.File("source.zip"), unpacked.File("source"));
        Assert.Equal($"{Default}.{commit}", Version(unpacked.File("source")));
        // The same inside a checkout of another repository.
        SmallCheckout.Git(unpacked, "init", "-q");
        Assert.Equal($"{Default}.{commit}", Version(unpacked.File("source")));
    }

    [Fact]
    public void WithoutACommitTheVersionIsTheDefault()
    {
        using TemporaryFolder folder = new();
        SmallCheckout.CopyTo(folder);
        Assert.Equal(Default, Version(folder));
        // In a checkout without a commit.
        Programs.Need("git", "git");
        SmallCheckout.Git(folder, "init", "-q");
        Assert.Equal(Default, Version(folder));
    }

    private static string Version(TemporaryFolder folder, params string[] more) => Version(folder.Path, more);

    private static string Version(string folder, params string[] more) => Programs.Succeed(
        Limit, Path.Combine(folder, "src", "Some"), Programs.Dotnet,
        ["msbuild", "-nologo", "-nodeReuse:false", "-t:_GetProjectVersion", "-getProperty:PackageVersion", .. more]).Trim();

    [GeneratedRegex(@"^\d+\.\d+\.\d+-dev\.\d{10}\.g[0-9a-f]{9}$")]
    private static partial Regex Form();
}
