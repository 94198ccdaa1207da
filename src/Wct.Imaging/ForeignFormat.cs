namespace Wct.Imaging;

/// <summary>Identifies files of unsupported formats by their first bytes, for error messages. Extensions aren't used, because they are
/// often wrong.</summary>
internal static class ForeignFormat
{
    // The first bytes of files; '?' matches any byte.
    private static readonly (string Start, string Name)[] Starts =
    [
        ("RIFF????WEBP", "WebP"), ("GIF87a", "GIF"), ("GIF89a", "GIF"), ("BM????\0\0\0\0", "BMP"),
        ("II*\0", "TIFF"), ("MM\0*", "TIFF"), ("II+\0", "BigTIFF"), ("MM\0+", "BigTIFF"), ("II\xBC\x01", "JPEG XR"),
        ("8BPS", "Photoshop (PSD)"), ("\xFF\x0A", "JPEG XL"), ("\0\0\0\x0CJXL \r\n\x87\n", "JPEG XL"),
        ("\0\0\0\x0CjP  \r\n\x87\n", "JPEG 2000"), ("\xFF\x4F\xFF\x51", "JPEG 2000"), ("#?RADIANCE", "Radiance (HDR)"),
        ("#?RGBE", "Radiance (HDR)"),
        ("v/1\x01", "OpenEXR"), ("\0\0\x01\0", "Windows icon (ICO)"), ("\0\0\x02\0", "Windows cursor (CUR)"), ("DDS ", "DDS"),
        ("qoif", "QOI"),
        ("\x8AMNG", "MNG"), ("\x8BJNG", "JNG"), ("P7 332", "XV thumbnail"), ("gimp xcf", "GIMP (XCF)"), ("FORM????ILBM", "IFF (ILBM)"),
        ("%PDF", "PDF"), ("%!PS", "PostScript"),
    ];

    // The same for files that aren't pictures: archives, videos and programs.
    private static readonly (string Start, string Name)[] NoPictures =
    [
        ("PK\x03\x04", "ZIP"), ("\x1F\x8B", "gzip"), ("7z\xBC\xAF", "7-Zip"), ("Rar!", "RAR"), ("\u00FD7zXZ", "xz"), ("BZh", "bzip2"),
        ("RIFF????AVI ", "AVI"), ("\x1A\x45\xDF\xA3", "Matroska (WebM)"), ("\x7F\x45LF", "ELF"),
    ];

    // Brands of ISO base media files (ISO/IEC 14496-12). They follow "ftyp".
    private static readonly (string Brand, string Name)[] Brands =
    [
        ("avif", "AVIF"), ("avis", "AVIF"), ("heic", "HEIC"), ("heix", "HEIC"), ("hevc", "HEIC"), ("hevx", "HEIC"), ("heim", "HEIC"),
        ("heis", "HEIC"),
        ("mif1", "HEIF"), ("msf1", "HEIF"), ("jxl ", "JPEG XL"), ("jp2 ", "JPEG 2000"), ("crx ", "Canon raw (CR3)"), ("qt  ", "QuickTime"),
    ];

    /// <summary>The error message for a file that no registered format matches. It says which formats can be read, and what the file
    /// is.</summary>
    /// <param name="head">The file's first <see cref="ImageFormat.HeadLength"/> bytes, or all of a shorter file.</param>
    internal static string Problem(ReadOnlySpan<byte> head)
    {
        string known = $"not a {ImageFormats.Names} file";
        string? picture = Find(head, Starts) ?? (StartsWith(head, "????ftyp") ? MediaFile(head[8..]) : null)
            ?? (IsSvg(head) ? "SVG" : null);
        if (picture is not null)
            return $"{known} but {picture} (ImageMagick converts it: magick FILE photo.png)";
        return (Find(head, NoPictures) ?? Text(head)) is string other
            ? $"{known} but {other}, which is no picture"
            : $"{known} (starts with {string.Join(' ', head[..Math.Min(8, head.Length)].ToArray().Select(b => b.ToString("X2")))})";
    }

    private static string? Find(ReadOnlySpan<byte> head, (string Start, string Name)[] known)
    {
        foreach ((string start, string name) in known)
        {
            if (StartsWith(head, start))
                return name;
        }

        return null;
    }

    private static string MediaFile(ReadOnlySpan<byte> brands)
    {
        // The major brand comes first, then its version, then the compatible brands. "mif1" is used by several formats, so the other brands
        // are checked to find AVIF and HEIC.
        string? general = null;
        for (int at = 0; at + 4 <= brands.Length; at += at == 0 ? 8 : 4)
        {
            foreach ((string brand, string name) in Brands)
            {
                if (!StartsWith(brands[at..], brand))
                    continue;
                if (name != "HEIF")
                    return name;
                general = name;
            }
        }

        return general ?? "MP4";
    }

    private static bool IsSvg(ReadOnlySpan<byte> head) =>
        IsPlain(head) && System.Text.Encoding.Latin1.GetString(head).Contains("<svg", StringComparison.OrdinalIgnoreCase);

    private static string? Text(ReadOnlySpan<byte> head)
    {
        if (!IsPlain(head))
            return null;
        // Some programs put a byte order mark before UTF-8.
        string text = System.Text.Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF').TrimStart();
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? "HTML"
            : text.StartsWith("<?xml", StringComparison.Ordinal) ? "XML"
            : head.ContainsAnyInRange((byte)128, (byte)255) ? null : "text";
    }

    private static bool IsPlain(ReadOnlySpan<byte> head)
    {
        foreach (byte b in head)
        {
            if (b < ' ' && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
                return false;
        }

        return true;
    }

    private static bool StartsWith(ReadOnlySpan<byte> head, string start)
    {
        if (head.Length < start.Length)
            return false;
        for (int i = 0; i < start.Length; i++)
        {
            if (start[i] != '?' && head[i] != start[i])
                return false;
        }

        return true;
    }
}
