namespace Wct.Packages.Tests;

/// <summary>A git checkout with the repository's rules for packages and one small project, for tests that change what is
/// committed.</summary>
internal static class SmallCheckout
{
    private const string Project =
        "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><IsPackable>true</IsPackable></PropertyGroup></Project>\n";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly string[] Files =
        ["Directory.Build.props", "src/Directory.Build.targets", "src/Packaging/PackageVersion.targets", "src/Packaging/Commit.txt",
            "src/Packaging/Repository.targets", "src/Packaging/Validation.targets", "samples/icon.png", "LICENSE", ".ci/pack",
            ".gitattributes"];

    /// <summary>Creates a checkout without a commit. Skips the calling test if there is no git.</summary>
    internal static TemporaryFolder Create()
    {
        Programs.Need("git", "git");
        TemporaryFolder folder = new();
        CopyTo(folder);
        Git(folder, "init", "-q");
        return folder;
    }

    /// <summary>Copies the files that determine a package's version and properties, and adds a project that is packed.</summary>
    internal static void CopyTo(TemporaryFolder folder)
    {
        foreach (string file in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file))!);
            File.Copy(Path.Combine(Shared.Root, file), folder.File(file));
        }

        // As in a checkout, even if these tests run in a source archive.
        File.WriteAllText(folder.File("src/Packaging/Commit.txt"), "$Format:%ct.g%H$\n");
        Directory.CreateDirectory(folder.File("src/Some"));
        File.WriteAllText(folder.File("src/Some/Some.csproj"), Project);
        File.WriteAllText(folder.File(".gitignore"), "obj/\nbin/\nartifacts/\n");
    }

    /// <summary>Commits everything. Returns the commit's time and the start of its hash.</summary>
    internal static string Commit(TemporaryFolder folder, string message)
    {
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=A Test", "-c", "user.email=test@example.com", "commit", "-q", "--no-gpg-sign", "--allow-empty", "-m",
            message);
        string said = Git(folder, "log", "-1", "--format=%ct.g%H").Trim();
        return said[..(said.IndexOf('g') + 10)];
    }

    /// <summary>Runs git, which must succeed. Returns its output.</summary>
    internal static string Git(TemporaryFolder folder, params string[] arguments) => Programs.Succeed(Limit, folder.Path, "git", arguments);
}
