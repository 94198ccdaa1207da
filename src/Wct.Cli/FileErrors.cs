namespace Wct.Cli;

/// <summary>Makes the system's errors about files name the file as the user did.</summary>
internal static class FileErrors
{
    /// <summary>Does something with a file.</summary>
    /// <exception cref="Failure">It failed; the message begins with <paramref name="path"/>, or with a file in that folder.</exception>
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

    /// <summary>What an error of the system's becomes.</summary>
    internal static Failure Of(string path, Exception error) =>
        new(Names(path, error.Message) ? error.Message : $"{path}: {Problem(error)}", error);

    // The libraries' own messages begin with a path that was made of the user's.
    private static bool Names(string path, string message) => message.StartsWith($"{path}: ", StringComparison.Ordinal)
        || message.StartsWith(Path.TrimEndingDirectorySeparator(path) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Problem(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "no permission",
        _ => error.Message,
    };
}
