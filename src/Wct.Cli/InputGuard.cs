namespace Wct.Cli;

/// <summary>Keeps results from being written over what they are made of.</summary>
internal sealed class InputGuard
{
    private readonly Dictionary<string, string> _inputs = [];

    /// <param name="inputs">Files, and folders whose own files are meant; null and what is not there are nothing to guard.</param>
    internal InputGuard(IEnumerable<string?> inputs)
    {
        foreach (string path in inputs.OfType<string>().SelectMany(Files))
        {
            if (FileIdentity.Of(path) is { } identity)
                _inputs.TryAdd(identity, path);
        }
    }

    /// <summary>Refuses a result that would replace an input, by whatever path.</summary>
    /// <param name="advice">What helps, behind "choose another name".</param>
    /// <exception cref="Failure">It would.</exception>
    internal void Check(string output, string advice = ", or replace it with --force")
    {
        if (Input(output) is not { } input)
            return;
        string same = input == output ? "is an input" : $"is an input, {input}";
        throw new Failure($"{output}: {same}; choose another name{advice}");
    }

    /// <summary>The input that a path leads to; null where it leads to none.</summary>
    internal string? Input(string path) => FileIdentity.Of(path) is { } identity ? _inputs.GetValueOrDefault(identity) : null;

    // What is missing or can't be listed is named by whoever reads it.
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
