namespace Wct.Linked;

/// <summary>Texts out of files and of file names, made fit to be shown.</summary>
internal static class OneLine
{
    /// <summary>The text with a '?' for every character that could break the line or steer a terminal.</summary>
    internal static string Clean(string text) => string.Create(text.Length, text, (line, from) =>
    {
        for (int i = 0; i < line.Length; i++)
            line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? '?' : from[i];
    });
}
