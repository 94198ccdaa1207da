using System.Text.RegularExpressions;

namespace Wct.PtxInterpreter.Text;

/// <summary>Splits a function's body into statements, labels and braces, without comments.</summary>
internal sealed partial class PtxReader(string text, int at, int end)
{
    private int _line = 1 + text.AsSpan(0, at).Count('\n');

    /// <summary>Reads the next "{", "}", "name:" or statement without its semicolon, and its line; null at the end.</summary>
    internal (string Piece, int Line)? Next()
    {
        for (; at < end && char.IsWhiteSpace(text[at]); at++)
            _line += text[at] == '\n' ? 1 : 0;
        if (at >= end)
            return null;
        int line = _line;
        if (text[at] is '{' or '}')
            return (text[at++].ToString(), line);
        Match label = Label().Match(text, at);
        int stop = label.Success ? at + label.Length : text.IndexOf(';', at, end - at);
        if (stop < 0)
            throw new PtxException($"Line {line}: no semicolon ends what begins with '{text[at..Math.Min(end, at + 20)]}'.");
        string piece = text[at..stop];
        _line += piece.AsSpan().Count('\n');
        at = label.Success ? stop : stop + 1;
        return (piece, line);
    }

    /// <summary>Removes comments except their line breaks, so that line numbers stay the same.</summary>
    internal static string WithoutComments(string text) =>
        Comment().Replace(text, match => new string('\n', match.Value.AsSpan().Count('\n')));

    [GeneratedRegex(@"\G[\w$]+\s*:(?!:)")]
    private static partial Regex Label();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
