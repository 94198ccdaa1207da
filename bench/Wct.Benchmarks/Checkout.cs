namespace Wct.Benchmarks;

/// <summary>The working copy that this program was built in.</summary>
internal static class Checkout
{
    /// <summary>Its folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The program lies in none.</exception>
    internal static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Wct.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} lies in no checkout of Wct.");
    }
}
