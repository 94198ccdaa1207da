namespace Wct.Cli;

/// <summary>Prevents results from replacing the files that they are made from.</summary>
internal sealed class InputGuard
{
    private readonly Dictionary<string, string> _inputs = [];

    /// <param name="inputs">Files to guard, and folders whose files to guard, without subfolders. Nulls and paths that do not exist are
    /// ignored.</param>
    internal InputGuard(IEnumerable<string?> inputs)
    {
        foreach (string path in inputs.OfType<string>().SelectMany(Files))
        {
            if (FileIdentity.Of(path) is { } identity)
                _inputs.TryAdd(identity, path);
        }
    }

    /// <summary>Throws if a result would replace an input, even under another path.</summary>
    /// <param name="output">The result's path. It doesn't have to exist.</param>
    /// <param name="advice">Advice that follows "choose another name" in the message.</param>
    /// <exception cref="Failure">The result would replace an input.</exception>
    internal void Check(string output, string advice = ", or replace it with --force")
    {
        if (Input(output) is not { } input)
            return;
        string same = input == output ? "is an input" : $"is an input, {input}";
        throw new Failure($"{output}: {same}; choose another name{advice}");
    }

    /// <summary>The input that a path leads to; null if there is none.</summary>
    internal string? Input(string path) => FileIdentity.Of(path) is { } identity ? _inputs.GetValueOrDefault(identity) : null;

    // Folders that can't be listed are ignored here; reading them later reports the error.
    private static string[] Files(string path)
    {
        try
        {
            return Directory.Exists(path) ? Directory.GetFiles(path) : [path];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
