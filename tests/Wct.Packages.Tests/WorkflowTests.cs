using System.Text.RegularExpressions;

namespace Wct.Packages.Tests;

/// <summary>Tests that the workflows run scripts that exist, and that a release has the version of its tag.</summary>
public partial class WorkflowTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Workflows =>
    [
        .. Directory.GetFiles(Path.Combine(Shared.Root, ".github", "workflows")).Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void ScriptsAndProjectsExist(string workflow)
    {
        string text = File.ReadAllText(Path.Combine(Shared.Root, ".github", "workflows", workflow));
        string[] named = [.. Paths().Matches(text).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(Path.Exists(Path.Combine(Shared.Root, path)), path));
        // YAML has no tabs.
        Assert.DoesNotContain('\t', text);
    }

    [Theory]
    [InlineData("v9.9.9")]
    [InlineData("0.1.0")]
    [InlineData("v0.1.0preview")]
    public void ATagOfAnotherVersionIsRefused(string tag)
    {
        Programs.Need("bash", "bash");
        using TemporaryFolder folder = new();
        (int status, string said) = Release(folder.File("new"), tag);
        string problem = $"the tag '{tag}' doesn't fit the version in Directory.Build.props, which is {PackedFeed.Release}";
        Assert.Equal((1, problem), (status, said.Trim()));
    }

    [Fact]
    public void AReleaseNeedsANewFolder()
    {
        Programs.Need("bash", "bash");
        using TemporaryFolder folder = new();
        Assert.Equal((1, $"'{folder.Path}' exists already\n"), Release(folder.Path, $"v{PackedFeed.Release}-preview.1"));
    }

    private static (int Status, string Said) Release(string folder, string tag) =>
        Programs.Run(Limit, Shared.Root, "bash", ".ci/release", folder, tag);

    [GeneratedRegex(@"(?:bash |publish |uses: \./)([.\w/-]+)")]
    private static partial Regex Paths();
}
