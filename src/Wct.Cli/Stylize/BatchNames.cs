using Wct.Imaging;

namespace Wct.Cli.Stylize;

/// <summary>Names of the results where there are many: the two pictures' names without extensions, with them where two would be
/// alike.</summary>
internal sealed class BatchNames
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _contents, _styles;

    /// <param name="folder">The folder of the results.</param>
    /// <exception cref="Failure">Two pairs would get one name; the message names both.</exception>
    internal BatchNames(string folder, string[] contents, string[] styles)
    {
        _folder = folder;
        (_contents, _styles) = (Labels(contents), Labels(styles));
        CheckPairs();
    }

    /// <summary>The result's path.</summary>
    /// <param name="format">The content's: with alpha the result is a PNG file.</param>
    internal string Result(string content, string style, PixelLayout format) =>
        Path.Join(_folder, Stem(content, style) + OutputFile.Extension(content, format));

    /// <summary>Refuses results that would replace an input, before work begins.</summary>
    /// <exception cref="Failure">One would.</exception>
    internal void Check(InputGuard guard)
    {
        if (!Directory.Exists(_folder))
            return;
        // Hardly ever is there an input where the results go: then the pairs need not be looked at.
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

    // Letters' case is left out of account: not every file system tells them apart.
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

    // "a-b" with "c" and "a" with "b-c": only where one content's name begins another's.
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
