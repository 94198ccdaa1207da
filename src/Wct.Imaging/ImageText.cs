namespace Wct.Imaging;

/// <summary>A text in a picture file, such as a title or a comment.</summary>
/// <param name="Keyword">Says what the text is: 1 to 79 printable Latin-1 characters, without spaces at the ends or next to each other.
/// PNG predefines some, such as "Title" and "Comment". "wct:recipe" is the recipe of a result.</param>
/// <param name="Text">The text, with line feeds between lines.</param>
public sealed record ImageText(string Keyword, string Text)
{
    /// <summary>Largest number of texts of a file that are read or written.</summary>
    internal const int MaxCount = 100;

    /// <summary>Largest size in bytes of all texts of a file together that are read or written: 1 MB.</summary>
    internal const int MaxBytes = 1 << 20;
}
