namespace Wct.Net.Recipes;

/// <summary>Thrown if a text is not a valid recipe, or not a valid value of a setting (<see cref="RecipeText"/>).</summary>
/// <remarks>The message is one line. It names the file if there is one, and the property and its value:
/// "mine.json: styles[1].weight is -1; it must be at least 0".</remarks>
public sealed class RecipeFormatException : FormatException
{
    private const int MostCharacters = 1000;

    /// <summary>Creates the exception for a problem.</summary>
    /// <param name="source">The file's name as it was given; null if the text didn't come from a file.</param>
    /// <param name="problem">What is wrong, with the values involved.</param>
    /// <param name="inner">The exception that caused this one; null if there is none.</param>
    public RecipeFormatException(string? source, string problem, Exception? inner = null)
        : base(Short(OneLine.Clean(source is null ? problem : $"{source}: {problem}")), inner) => (Source, Problem) = (source, problem);

    /// <summary>The file's name as it was given; null if the text didn't come from a file.</summary>
    public new string? Source { get; }

    /// <summary>What is wrong.</summary>
    public string Problem { get; }

    private static string Short(string message) => message.Length <= MostCharacters ? message : message[..MostCharacters] + "...";
}
