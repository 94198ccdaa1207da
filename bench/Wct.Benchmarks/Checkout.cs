namespace Wct.Benchmarks;

/// <summary>The working copy in which this program was built.</summary>
internal static class Checkout
{
    /// <summary>The working copy's folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The program is not in a working copy.</exception>
    internal static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Wct.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} lies in no checkout of Wct.");
    }
}
