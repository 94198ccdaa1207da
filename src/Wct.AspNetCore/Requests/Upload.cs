namespace Wct.AspNetCore.Requests;

/// <summary>Decides whether a request may have a part, before the part is read.</summary>
/// <param name="upload">What was received so far.</param>
/// <param name="name">The part's name.</param>
/// <param name="isFile">Whether it is a file; otherwise it is a text field or a query parameter.</param>
/// <exception cref="RequestProblem">It may not.</exception>
internal delegate void PartRule(Upload upload, string name, bool isFile);

/// <summary>A received body: its files and its text fields. Disposing of it deletes the files.</summary>
/// <param name="spool">Holds the bytes of the files.</param>
internal sealed class Upload(Spool spool) : IDisposable
{
    /// <summary>The names of parts that are files.</summary>
    internal const string Content = "content", Style = "style";

    private readonly List<UploadedFile> _files = [];
    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>The files, in the body's order.</summary>
    internal IReadOnlyList<UploadedFile> Files => _files;

    /// <summary>The text fields and query parameters, in their order.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>The parts 'style' in the body's order: a file, or the name of a style that the server has.</summary>
    internal List<(UploadedFile? File, string? Text)> Styles { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="part">The name of its part.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task Add(string part, string name, Stream body, CancellationToken cancellationToken)
    {
        (Func<Stream> open, long length) = await spool.Add(body, cancellationToken);
        UploadedFile file = new(part, name, open, length);
        _files.Add(file);
        if (part == Style)
            Styles.Add((file, null));
    }

    internal void Add(string name, string value)
    {
        if (name == Style)
            Styles.Add((null, value));
        else
            _fields.Add(new(name, value));
    }

    public void Dispose() => spool.Dispose();
}

/// <summary>An uploaded file: in memory if it is small, else in a temporary file.</summary>
/// <param name="Part">The name of its part.</param>
/// <param name="Name">The file's name as the client gave it, without a folder; the part's name if it gave none.</param>
/// <param name="Open">Opens the bytes. Each stream has its own position.</param>
/// <param name="Length">The number of bytes.</param>
internal sealed record UploadedFile(string Part, string Name, Func<Stream> Open, long Length);
