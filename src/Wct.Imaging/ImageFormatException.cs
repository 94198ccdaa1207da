namespace Wct.Imaging;

/// <summary>Thrown if a picture can't be read because its file is damaged, truncated, over a limit, or in an unknown format.</summary>
/// <remarks>The message is one line that names the file and says what is wrong with it.</remarks>
public sealed class ImageFormatException : Exception
{
    /// <summary>Creates the exception for a file and its problem.</summary>
    /// <param name="source">The file's name, or a description of the stream.</param>
    /// <param name="problem">What is wrong, with the values involved, for example "truncated: 1024 bytes announced, 80 there".</param>
    public ImageFormatException(string source, string problem)
        : base(OneLine.Clean($"{source}: {problem}")) => (Source, Problem) = (source, problem);

    /// <summary>The file's name, or the description of the stream.</summary>
    public new string Source { get; }

    /// <summary>What is wrong with the file.</summary>
    public string Problem { get; }

    /// <summary>The kind of problem.</summary>
    public ImageProblemKind Kind { get; init; }
}

/// <summary>Why a file can't be read.</summary>
public enum ImageProblemKind
{
    /// <summary>The file is empty, damaged, truncated, or of a kind of its format that isn't supported.</summary>
    Damaged,

    /// <summary>The file is in no registered format.</summary>
    UnknownFormat,

    /// <summary>The picture has more pixels than <see cref="ImageReadOptions.MaxPixels"/>.</summary>
    TooManyPixels,
}
