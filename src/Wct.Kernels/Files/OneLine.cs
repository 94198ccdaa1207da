namespace Wct;

/// <summary>Makes text from files and file names safe to print.</summary>
internal static class OneLine
{
    /// <summary>The text with a '?' for every character that could break the line or steer a terminal.</summary>
    internal static string Clean(string text) => string.Create(text.Length, text, (line, from) =>
    {
        for (int i = 0; i < line.Length; i++)
            line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? '?' : from[i];
    });
}
