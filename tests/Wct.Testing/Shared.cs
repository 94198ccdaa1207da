using Xunit;

namespace Wct.Testing;

/// <summary>Finds the files in and beside the repository (pictures, published weights, golden tensors) that tests need.</summary>
public static class Shared
{
    /// <summary>The repository's root: the folder with Wct.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the full path of a file or folder below <c>../shared</c>. Skips the calling test, with the reason, if it is
    /// missing.</summary>
    /// <param name="relative">Path below the shared folder, with forward slashes.</param>
    public static string Path(string relative)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, "..", "shared", relative));
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"needs ../shared/{relative}, which is not on this machine");
        return path;
    }

    /// <summary>Returns the full path of a file or folder below <c>tests/golden</c>, which is in the repository.</summary>
    public static string Golden(string relative) => System.IO.Path.Combine(Root, "tests", "golden", relative);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Wct.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"no Wct.sln above {AppContext.BaseDirectory}");
    }
}
