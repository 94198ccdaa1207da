namespace Wct.Imaging;

/// <summary>A file is not a picture that can be read: unknown, damaged, truncated, or over a limit.</summary>
/// <remarks>The message is one line that names the file and says what is wrong with it.</remarks>
public sealed class ImageFormatException : Exception
{
    /// <summary>Names what was read and what is wrong with it.</summary>
    /// <param name="source">The file's name, or a description of the stream.</param>
    /// <param name="problem">What is wrong, with the values involved: "truncated: 1024 bytes announced, 80 there".</param>
    public ImageFormatException(string source, string problem)
        : base(OneLine.Clean($"{source}: {problem}")) => (Source, Problem) = (source, problem);

    /// <summary>What was read: the file's name as it was given.</summary>
    public new string Source { get; }

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; }
}
