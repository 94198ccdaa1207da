using System.Diagnostics;
using Wct.Imaging;
using Wct.Imaging.Magick;

namespace Wct.Robustness.Comparison;

/// <summary>Compares files of all formats but PNG and JPEG with a reference program each.</summary>
/// <param name="maxPixels">Larger pictures are refused.</param>
internal sealed class OtherFormats(long maxPixels)
{
    private static readonly TimeSpan SlowTime = TimeSpan.FromSeconds(2);

    // The first bytes; '?' matches any byte.
    private static readonly (string Start, string Name)[] Known =
    [
        ("GIF8", "GIF"), ("BM", "BMP"), ("8BPS", "Photoshop"), ("#?R", "Radiance"), ("RIFF????WEBP", "WebP"), ("II*\0", "TIFF"),
        ("MM\0*", "TIFF"), ("II+\0", "TIFF"), ("MM\0+", "TIFF"), ("\xFF\x0A", "JPEG XL"), ("\0\0\0\x0CJXL ", "JPEG XL"),
        ("\0\0\0\x0CjP  ", "JPEG 2000"), ("\xFF\x4F\xFF\x51", "JPEG 2000"), ("????ftypavi", "AVIF"), ("????ftyphe", "HEIC"),
        ("????ftypmif1", "HEIC"),
    ];

    private readonly List<OtherComparison> _results = [];

    /// <summary>Number of files.</summary>
    internal int Count => _results.Count;

    /// <summary>Whether a file was refused that the other program opens.</summary>
    internal bool AnyRefused => _results.Exists(result => result.WronglyRefused);

    /// <summary>A line about each file.</summary>
    internal IEnumerable<string> Lines => _results.Select(result => result.Line);

    /// <summary>The format's name; null if a file is of another format.</summary>
    internal static string? NameOf(ReadOnlySpan<byte> file)
    {
        foreach ((string start, string name) in Known)
        {
            int at = 0;
            while (at < start.Length && at < file.Length && (start[at] == '?' || start[at] == file[at]))
                at++;
            if (at == start.Length)
                return name;
        }

        return null;
    }

    /// <summary>Compares one file.</summary>
    internal void Compare(string path, string format)
    {
        MagickFormats.Register();
        Stopwatch clock = Stopwatch.StartNew();
        (RgbaPicture? own, string refusal) = Own(path);
        bool slow = clock.Elapsed > SlowTime;
        (RgbaPicture? other, string said) = OtherProgram.Decode(path, format);
        int? difference = own is null || other is null ? null : own.Width != other.Width || own.Height != other.Height
            ? -1 : own.VisibleDifference(other);
        _results.Add(new OtherComparison(path, format, own is not null, other is not null, difference, slow, own is null ? refusal : said));
    }

    /// <summary>Writes a table, and the files that differ or are refused.</summary>
    internal void Write(TextWriter output)
    {
        if (Count == 0)
            return;
        output.WriteLine("beside heif-convert (HEIC, AVIF), djxl (JPEG XL) and ImageMagick's convert (the others)");
        output.WriteLine("format     files  both open  the same  within 2    more  other sides  refused  only here  neither");
        foreach (IGrouping<string, OtherComparison> group in _results.GroupBy(result => result.Format).OrderBy(group => group.Key))
        {
            int Number(Func<OtherComparison, bool> match) => group.Count(match);
            output.WriteLine(
                $"{group.Key,-10} {group.Count(),5} {Number(r => r.Difference is not null),10} {Number(r => r.Difference == 0),9} "
                    + $"{Number(r => r.Difference is 1 or 2),9} {Number(r => r.Difference > 2),7} {Number(r => r.Difference < 0),12} "
                    + $"{Number(r => r.WronglyRefused),8} {Number(r => r is { Opens: true, OtherOpens: false }),10} "
                    + $"{Number(r => r is { Opens: false, OtherOpens: false }),8}");
        }

        foreach (OtherComparison result in _results.Where(r => r.WronglyRefused || r.Difference is < 0 or > 2 || r.Slow))
            output.WriteLine($"  {result.Line}");
    }

    // Colors aren't converted, because the other programs don't.
    private (RgbaPicture?, string) Own(string path)
    {
        try
        {
            return (RgbaPicture.Of(ImageFile.Read(path, new ImageReadOptions { MaxPixels = maxPixels, ConvertColors = false })), "");
        }
        catch (ImageFormatException error)
        {
            return (null, error.Problem);
        }
    }
}
