namespace Wct.Net.Weights;

/// <summary>A file holds no weights that can be used: unknown, damaged, truncated, or refused.</summary>
/// <remarks>The message is one line that names the file and says what is wrong with it.</remarks>
public sealed class WeightsFormatException : Exception
{
    private const int MostCharacters = 1000;

    /// <summary>Names what was read and what is wrong with it.</summary>
    /// <param name="source">The file's name as it was given.</param>
    /// <param name="problem">What is wrong, with the values involved: "truncated: 1024 bytes announced, 80 there".</param>
    /// <param name="inner">What led to it, if anything.</param>
    public WeightsFormatException(string source, string problem, Exception? inner = null)
        : base(Short(OneLine.Clean($"{source}: {problem}")), inner) => (Source, Problem) = (source, problem);

    /// <summary>What was read: the file's name as it was given.</summary>
    public new string Source { get; }

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; }

    // Names out of a damaged file can hold anything, and as much of it as fills many screens.
    private static string Short(string message) => message.Length <= MostCharacters ? message : message[..MostCharacters] + "...";
}
