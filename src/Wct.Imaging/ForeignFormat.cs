using Wct.Imaging.Bmp;
using Wct.Imaging.Psd;

namespace Wct.Imaging;

/// <summary>Identifies files of unsupported formats by their first bytes, for error messages. Extensions aren't used, because they are
/// often wrong.</summary>
internal static class ForeignFormat
{
    private const string Package = "Wct.Imaging.Magick", Motion = "QuickTime", Video = "MP4";

    // The first bytes of files that the package Wct.Imaging.Magick reads; '?' matches any byte.
    private static readonly (string Start, string Name)[] InPackage =
    [
        ("RIFF????WEBP", "WebP"), ("II*\0????CR\x02", "Canon raw (CR2)"), ("FUJIFILMCCD-RAW", "Fujifilm raw (RAF)"),
        ("IIRO", "Olympus raw (ORF)"), ("IIRS", "Olympus raw (ORF)"), ("MMOR", "Olympus raw (ORF)"), ("IIU\0", "Panasonic raw (RW2)"),
        ("II*\0", "TIFF"), ("MM\0*", "TIFF"), ("II+\0", "BigTIFF"), ("MM\0+", "BigTIFF"),
        ("\xFF\x0A", "JPEG XL"), ("\0\0\0\x0CJXL \r\n\x87\n", "JPEG XL"),
        ("\0\0\0\x0CjP  \r\n\x87\n", "JPEG 2000"), ("\xFF\x4F\xFF\x51", "JPEG 2000"),
    ];

    // The same for pictures that neither reads.
    private static readonly (string Start, string Name)[] Starts =
    [
        ("II\xBC\x01", "JPEG XR"), ("v/1\x01", "OpenEXR"), ("\0\0\x01\0", "Windows icon (ICO)"), ("\0\0\x02\0", "Windows cursor (CUR)"),
        ("DDS ", "DDS"), ("qoif", "QOI"), ("\x8AMNG", "MNG"), ("\x8BJNG", "JNG"), ("P7 332", "XV thumbnail"), ("gimp xcf", "GIMP (XCF)"),
        ("FORM????ILBM", "IFF (ILBM)"), ("BM????\0\0\0\0", "BMP"), ("#?R", "Radiance (HDR)"), ("%PDF", "PDF"), ("%!PS", "PostScript"),
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
        ("mif1", "HEIF"), ("msf1", "HEIF"), ("jxl ", "JPEG XL"), ("jp2 ", "JPEG 2000"), ("crx ", "Canon raw (CR3)"), ("qt  ", Motion),
    ];

    /// <summary>The error message for a file that no registered format matches. It says which formats can be read, and what the file
    /// is.</summary>
    /// <param name="head">The file's first <see cref="ImageFormat.HeadLength"/> bytes, or all of a shorter file.</param>
    internal static string Problem(ReadOnlySpan<byte> head)
    {
        if (PackagePicture(head) is { } other)
            return $"{Article(other)} {other}; install the package {Package} to read it";
        if ((Find(head, Starts) ?? MediaFile(head) ?? (IsSvg(head) ? "SVG" : null)) is { } picture)
            return $"{Article(picture)} {picture} file, which can't be read (ImageMagick converts it: magick FILE photo.png)";
        string known = $"not a {ImageFormats.Names} file";
        return (Find(head, NoPictures) ?? Text(head)) is { } no
            ? $"{known} but {no}, which is no picture"
            : $"{known} (starts with {string.Join(' ', head[..Math.Min(8, head.Length)].ToArray().Select(b => b.ToString("X2")))})";
    }

    /// <summary>The name of a picture file that the package Wct.Imaging.Magick reads, such as "WebP file"; null for other files.</summary>
    private static string? PackagePicture(ReadOnlySpan<byte> head)
    {
        if (BmpHeader.IsBitmap(head) && BmpHeader.Unsupported(head) is { } bitmap)
            return $"BMP file with {bitmap}";
        if (PsdHeader.IsPhotoshop(head))
            return PsdHeader.Unsupported(head) is { } kind ? $"Photoshop file with {kind}" : null;
        return PackageFormat(head) is { } found ? $"{found} file" : null;
    }

    /// <summary>The format of a file that only the package Wct.Imaging.Magick reads, such as "WebP" or "Canon raw (CR2)"; null for other
    /// files. The package recognizes its files with this method.</summary>
    internal static string? PackageFormat(ReadOnlySpan<byte> head) =>
        Find(head, InPackage) ?? (MediaFile(head) is { } name and not (Motion or Video) ? name : null);

    private static string Article(string name) =>
        name[0] is 'A' or 'E' or 'I' or 'O' || name.StartsWith("SVG", StringComparison.Ordinal)
            || name.StartsWith("MP4", StringComparison.Ordinal) || name.StartsWith("MNG", StringComparison.Ordinal)
            || name.StartsWith("XV", StringComparison.Ordinal) ? "an" : "a";

    private static string? Find(ReadOnlySpan<byte> head, (string Start, string Name)[] known)
    {
        foreach ((string start, string name) in known)
        {
            if (StartsWith(head, start))
                return name;
        }

        return null;
    }

    private static string? MediaFile(ReadOnlySpan<byte> head)
    {
        if (!StartsWith(head, "????ftyp"))
            return null;
        // The major brand comes first, then its version, then the compatible brands. "mif1" is used by several formats, so the other brands
        // are checked to find AVIF and HEIC.
        string? general = null;
        ReadOnlySpan<byte> brands = head[8..];
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

        return general ?? Video;
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
