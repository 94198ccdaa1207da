namespace Wct.Cli.Stylize;

/// <summary>Makes the library's error about a style of which nothing can be seen name the file.</summary>
internal static class InvisibleStyle
{
    // How the library's message begins, which knows of no file.
    private const string Problem = "The style has no visible pixel";

    /// <summary>Works with a style.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="Failure">It has no visible pixel; the message begins with <paramref name="path"/>.</exception>
    internal static void Naming(string path, Action work)
    {
        try
        {
            work();
        }
        catch (ArgumentException error) when (error.Message.StartsWith(Problem, StringComparison.Ordinal))
        {
            throw new Failure($"{path}: the style has no visible pixel{ErrorLine.Problem(error)[Problem.Length..].TrimEnd('.')}", error);
        }
    }
}
