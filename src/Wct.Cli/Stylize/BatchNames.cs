using Wct.Imaging;

namespace Wct.Cli.Stylize;

/// <summary>Names the results of several pictures: the names of content and style without extensions, or with extensions where names would
/// be equal otherwise.</summary>
internal sealed class BatchNames
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _contents, _styles;

    /// <param name="folder">The folder of the results.</param>
    /// <param name="contents">Paths of the photos, each once.</param>
    /// <param name="styles">Paths of the paintings, each once.</param>
    /// <exception cref="Failure">Two pairs would get one name; the message names both.</exception>
    internal BatchNames(string folder, string[] contents, string[] styles)
    {
        _folder = folder;
        (_contents, _styles) = (Labels(contents), Labels(styles));
        CheckPairs();
    }

    /// <summary>The path of a result.</summary>
    /// <param name="content">One of the photos.</param>
    /// <param name="style">One of the paintings.</param>
    /// <param name="format">The content's layout; with alpha, the result is a PNG file.</param>
    internal string Result(string content, string style, PixelLayout format) =>
        Path.Join(_folder, Stem(content, style) + OutputFile.Extension(content, format));

    /// <summary>Throws if a result would replace an input, before work begins.</summary>
    /// <exception cref="Failure">A result would replace an input.</exception>
    internal void Check(InputGuard guard)
    {
        if (!Directory.Exists(_folder))
            return;
        // Usually there are no inputs in the folder of the results. Then the pairs need not be checked.
        Dictionary<string, string> inputs = new(StringComparer.OrdinalIgnoreCase);
        foreach (string file in FileErrors.Naming(_folder, () => Directory.GetFiles(_folder)).Where(file => guard.Input(file) is not null))
            inputs[Path.GetFileName(file)] = file;
        if (inputs.Count == 0)
            return;
        foreach (string content in _contents.Keys)
        {
            foreach (string style in _styles.Keys)
            {
                foreach (string extension in (string[])[Path.GetExtension(content), OutputFile.Png])
                {
                    if (inputs.TryGetValue(Stem(content, style) + extension, out string? file))
                        guard.Check(file, " for the input, another folder for the results, or replace it with --force");
                }
            }
        }
    }

    private string Stem(string content, string style) => OutputFile.Stem(_contents[content], _styles[style]);

    // Ignores case, because some file systems do.
    private static Dictionary<string, string> Labels(string[] files)
    {
        Dictionary<string, string> labels = [];
        foreach (IGrouping<string, string> alike in files.GroupBy(
            file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase))
        {
            string[] same = [.. alike];
            foreach (string file in same)
                labels.Add(file, same.Length == 1 ? Path.GetFileNameWithoutExtension(file) : Path.GetFileName(file));
            if (same.GroupBy(file => Path.GetFileName(file), StringComparer.OrdinalIgnoreCase)
                .FirstOrDefault(group => group.Count() > 1) is { } clash)
                throw Clash(clash.First(), clash.Last());
        }

        return labels;
    }

    // Finds pairs of pictures with the same result name, for example "a-b" with "c" and "a" with "b-c". These need a content whose name
    // begins with another content's name.
    private void CheckPairs()
    {
        Dictionary<string, string> contents = ByLabel(_contents), styles = ByLabel(_styles);
        foreach ((string label, string content) in contents)
        {
            for (int dash = label.IndexOf(OutputFile.Between); dash >= 0; dash = label.IndexOf(OutputFile.Between, dash + 1))
            {
                if (!contents.TryGetValue(label[..dash], out string? shorter))
                    continue;
                foreach ((string style, string path) in styles)
                {
                    if (styles.TryGetValue(OutputFile.Stem(label[(dash + 1)..], style), out string? longer))
                        throw Clash($"{content} with {path}", $"{shorter} with {longer}");
                }
            }
        }
    }

    private static Dictionary<string, string> ByLabel(Dictionary<string, string> labels) =>
        labels.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    private static Failure Clash(string one, string other) =>
        new($"{one}: its result would have the name of another's, {other}; do them one after the other, with a folder each");
}
