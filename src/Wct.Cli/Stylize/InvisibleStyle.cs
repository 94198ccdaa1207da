namespace Wct.Cli.Stylize;

/// <summary>Adds the file's name to the library's error about a style without visible pixels.</summary>
internal static class InvisibleStyle
{
    // The beginning of the library's message, which doesn't name the file.
    private const string Problem = "The style has no visible pixel";

    // The same of a loss, if the style has no mask but its alpha.
    private const string ProblemOfLoss = "The style's mask has no share";

    /// <summary>Runs a function that uses a style.</summary>
    /// <param name="path">The style's file.</param>
    /// <param name="work">The function.</param>
    /// <exception cref="Failure">The style has no visible pixel; the message begins with <paramref name="path"/>.</exception>
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
        catch (ArgumentException error) when (error.Message.StartsWith(ProblemOfLoss, StringComparison.Ordinal))
        {
            throw new Failure($"{path}: the style has no visible pixel", error);
        }
    }
}
