using System.IO.Compression;
using System.Text;

namespace Wct.Imaging.Png;

/// <summary>Writes texts as chunks iTXt (section 11.3.3.4).</summary>
/// <remarks>Of the three chunks for texts, only iTXt can hold every text, because it is in UTF-8. The others are in Latin-1, which lacks
/// most characters of file names. So all texts are written as iTXt, and a reader needs to look at one kind of chunk.</remarks>
internal static class PngTextWriter
{
    // Shorter texts stay readable in the file, and compression would save less than the rest of a small file takes.
    private const int MinCompressedBytes = 1 << 10;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Creates the chunks' bodies.</summary>
    /// <exception cref="ArgumentException">A keyword or text is not valid, or the texts are over a limit, so that they could not be read
    /// again.</exception>
    internal static IReadOnlyList<byte[]> Bodies(IReadOnlyList<ImageText> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count > ImageText.MaxCount)
            throw new ArgumentException($"'Text' has {texts.Count} texts; at most {ImageText.MaxCount} are written.");
        List<byte[]> bodies = [];
        long total = 0;
        foreach (ImageText text in texts)
        {
            if (text?.Keyword is null || text.Text is null)
                throw new ArgumentException("'Text' has a text or keyword that is null.");
            if (!PngKeyword.IsValid(text.Keyword))
            {
                throw new ArgumentException(OneLine.Clean($"'Text' has the keyword '{text.Keyword}', which is not valid: it must have 1 to "
                    + $"{PngKeyword.MaxLength} printable Latin-1 characters, and no spaces at the ends or next to each other."));
            }

            byte[] bytes = Encode(text);
            total += bytes.Length;
            if (total <= ImageText.MaxBytes)
                bodies.Add(Body(text.Keyword, bytes));
        }

        return total <= ImageText.MaxBytes
            ? bodies
            : throw new ArgumentException($"'Text' takes {total} bytes; at most {ImageText.MaxBytes} are written.");
    }

    private static byte[] Encode(ImageText text)
    {
        if (text.Text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"'Text' has a zero character in '{text.Keyword}', which ends texts in PNG files.");
        try
        {
            return Utf8.GetBytes(text.Text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException($"'Text' has half a surrogate pair in '{text.Keyword}', which can't be written.");
        }
    }

    private static byte[] Body(string keyword, byte[] text)
    {
        bool isCompressed = text.Length >= MinCompressedBytes;
        using MemoryStream body = new();
        body.Write(Encoding.Latin1.GetBytes(keyword));
        // The end of the keyword, whether the text is compressed, the method; then no language and no translated keyword.
        body.Write([0, isCompressed ? (byte)1 : (byte)0, 0, 0, 0]);
        if (!isCompressed)
        {
            body.Write(text);
            return body.ToArray();
        }

        using (ZLibStream deflated = new(body, CompressionLevel.Optimal, leaveOpen: true))
            deflated.Write(text);
        return body.ToArray();
    }
}
