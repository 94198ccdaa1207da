namespace Wct;

/// <summary>Makes text from files and file names safe to print.</summary>
internal static class OneLine
{
    /// <summary>Replaces every character that could break the line or control a terminal by '?'.</summary>
    internal static string Clean(string text) => string.Create(text.Length, text, (line, from) =>
    {
        for (int i = 0; i < line.Length; i++)
            line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? '?' : from[i];
    });
}
