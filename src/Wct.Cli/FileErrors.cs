namespace Wct.Cli;

/// <summary>Adds the file's name, as the user gave it, to the system's error messages.</summary>
internal static class FileErrors
{
    /// <summary>Runs a function that uses a file.</summary>
    /// <exception cref="Failure">It failed. The message begins with <paramref name="path"/>, or with a file in that folder.</exception>
    internal static T Naming<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Of(path, error);
        }
    }

    /// <summary>Converts an error of the system.</summary>
    internal static Failure Of(string path, Exception error) =>
        new(Names(path, error.Message) ? error.Message : $"{path}: {Problem(error)}", error);

    // Whether a message already begins with the path, or with a path in that folder, as the library's own messages do.
    private static bool Names(string path, string message) => message.StartsWith($"{path}: ", StringComparison.Ordinal)
        || message.StartsWith(Path.TrimEndingDirectorySeparator(path) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Problem(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "no permission",
        _ => error.Message,
    };
}
