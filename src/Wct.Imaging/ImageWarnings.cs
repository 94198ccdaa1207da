using System.Collections;

namespace Wct.Imaging;

/// <summary>Collects the problems of a file that can still be read, one line for each kind of problem.</summary>
/// <param name="source">The file's name, for messages.</param>
/// <param name="strict">Whether the first problem throws.</param>
internal sealed class ImageWarnings(string source, bool strict) : IReadOnlyList<string>
{
    private readonly List<(string Problem, int Times)> _problems = [];

    /// <summary>Largest number of warnings, so that a hostile file can't fill memory with them.</summary>
    private const int MaxCount = 32;

    /// <summary>Whether the first problem throws.</summary>
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

    /// <summary>Adds a problem. Further problems of the same kind are only counted.</summary>
    /// <param name="kind">Start of the text; the same for all problems of a kind.</param>
    /// <param name="rest">The rest of the text, with this problem's values.</param>
    /// <exception cref="ImageFormatException">Reading is strict.</exception>
    internal void Add(string kind, string rest = "")
    {
        if (strict)
            throw new ImageFormatException(source, $"{kind}{rest} (strict reading refuses what could be read with a warning)");
        Keep(kind, rest);
    }

    /// <summary>Adds a remark that isn't about damaged pixels. It doesn't throw if reading is strict.</summary>
    internal void Note(string text) => Keep(text, "");

    private void Keep(string kind, string rest)
    {
        int known = _problems.FindIndex(problem => problem.Problem.StartsWith(kind, StringComparison.Ordinal));
        if (known >= 0)
            _problems[known] = (_problems[known].Problem, _problems[known].Times + 1);
        else if (_problems.Count < MaxCount)
            _problems.Add((OneLine.Clean(kind + rest), 1));
    }
}
