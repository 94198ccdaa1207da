namespace Wct.Net.Weights;

/// <summary>A file does not hold usable weights: its format is unknown or rejected, or it is damaged or truncated.</summary>
/// <remarks>The message is one line that names the file and says what is wrong with it.</remarks>
public sealed class WeightsFormatException : Exception
{
    private const int MostCharacters = 1000;

    /// <summary>Creates an exception for a problem of a file.</summary>
    /// <param name="source">The file's name as it was given.</param>
    /// <param name="problem">What is wrong, with the values involved: "truncated: 1024 bytes announced, 80 there".</param>
    /// <param name="inner">The exception that caused this one; null if there is none.</param>
    public WeightsFormatException(string source, string problem, Exception? inner = null)
        : base(Short(OneLine.Clean($"{source}: {problem}")), inner) => (Source, Problem) = (source, problem);

    /// <summary>The file's name as it was given.</summary>
    public new string Source { get; }

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; }

    // Names from a damaged file can contain anything and be very long.
    private static string Short(string message) => message.Length <= MostCharacters ? message : message[..MostCharacters] + "...";
}
