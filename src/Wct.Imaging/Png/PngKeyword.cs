namespace Wct.Imaging.Png;

/// <summary>The keyword of a text (section 11.3.3.2).</summary>
internal static class PngKeyword
{
    /// <summary>Length of the longest keyword.</summary>
    internal const int MaxLength = 79;

    /// <summary>Whether a text can be a keyword: 1 to 79 printable Latin-1 characters, without spaces at the ends or next to each
    /// other. The no-break space isn't allowed.</summary>
    internal static bool IsValid(ReadOnlySpan<char> keyword)
    {
        if (keyword.Length is 0 or > MaxLength || keyword[0] == ' ' || keyword[^1] == ' ' || keyword.IndexOf("  ") >= 0)
            return false;
        foreach (char c in keyword)
        {
            if (c is not ((>= ' ' and <= '~') or (>= '\u00A1' and <= '\u00FF')))
                return false;
        }

        return true;
    }
}
