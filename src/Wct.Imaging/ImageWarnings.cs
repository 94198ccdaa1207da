using System.Collections;

namespace Wct.Imaging;

/// <summary>What is wrong with a file that is read nevertheless: one line for each kind of problem.</summary>
/// <param name="source">What is read, for messages.</param>
/// <param name="strict">Whether the first problem is an error instead.</param>
internal sealed class ImageWarnings(string source, bool strict) : IReadOnlyList<string>
{
    private readonly List<(string Problem, int Times)> _problems = [];

    /// <summary>Warnings that are kept; a hostile file must not fill memory with them.</summary>
    private const int Most = 32;

    /// <summary>Whether problems are errors.</summary>
    internal bool Strict => strict;

    /// <inheritdoc/>
    public int Count => _problems.Count;

    /// <inheritdoc/>
    public string this[int index] =>
        _problems[index].Times == 1 ? _problems[index].Problem : $"{_problems[index].Problem} (the first of {_problems[index].Times})";

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Keeps a problem; further ones whose text begins alike are only counted.</summary>
    /// <param name="kind">How the text begins: the same for all problems of a kind.</param>
    /// <param name="rest">The rest of the text, with this problem's values.</param>
    /// <exception cref="ImageFormatException">Reading is strict.</exception>
    internal void Add(string kind, string rest = "")
    {
        if (strict)
            throw new ImageFormatException(source, $"{kind}{rest} (strict reading refuses what could be read with a warning)");
        Keep(kind, rest);
    }

    /// <summary>Keeps a remark about something that is no damage to the pixels, and no error where reading is strict.</summary>
    internal void Note(string text) => Keep(text, "");

    private void Keep(string kind, string rest)
    {
        int known = _problems.FindIndex(problem => problem.Problem.StartsWith(kind, StringComparison.Ordinal));
        if (known >= 0)
            _problems[known] = (_problems[known].Problem, _problems[known].Times + 1);
        else if (_problems.Count < Most)
            _problems.Add((OneLine.Clean(kind + rest), 1));
    }
}
