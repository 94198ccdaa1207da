using System.Globalization;
using System.Text;

namespace Wct.Imaging.Radiance;

/// <summary>The header of a Radiance picture: lines of text, an empty line, and the line with the size.</summary>
/// <param name="Columns">Pixels of a scanline, at least 1.</param>
/// <param name="Scanlines">Number of scanlines, at least 1.</param>
/// <param name="Orientation">How scanlines lie in the picture, as in Exif.</param>
internal readonly record struct HdrHeader(int Columns, int Scanlines, int Orientation)
{
    private const int MaxLineLength = 2000, MaxLines = 1000;

    // The longest scanlines that have runs, and the shortest.
    private const int MinRunColumns = 8, MaxRunColumns = 32767;

    /// <summary>Fewest bytes that a scanline can take: a pixel, and a run that repeats it.</summary>
    internal long LeastBytes => Columns == 1 ? 4 : 8;

    /// <summary>Whether scanlines with so many pixels may have runs of each component.</summary>
    internal static bool MayHaveRuns(int columns) => columns is >= MinRunColumns and <= MaxRunColumns;

    /// <summary>Reads the header, up to the first scanline.</summary>
    /// <exception cref="ImageFormatException">The file ends, is damaged, or has other colors than RGB.</exception>
    internal static HdrHeader Read(FileBytes file)
    {
        if (!ReadLine(file).StartsWith("#?", StringComparison.Ordinal))
            throw new ImageFormatException(file.Source, "not a Radiance file");
        for (int lines = 0; ; lines++)
        {
            string line = ReadLine(file);
            if (line.Length == 0)
                break;
            if (lines == MaxLines)
                throw new ImageFormatException(file.Source, $"damaged: no empty line in the first {MaxLines} lines");
            if (line.StartsWith("FORMAT=", StringComparison.OrdinalIgnoreCase) && line[7..].Trim() != "32-bit_rle_rgbe")
                throw new ImageFormatException(file.Source, $"the pixels are '{line[7..].Trim()}', only 32-bit_rle_rgbe is supported");
        }

        return Parse(ReadLine(file), file.Source);
    }

    // "-Y 480 +X 640": scanlines from the top, pixels from the left. If X comes first, scanlines are columns.
    private static HdrHeader Parse(string line, string source)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int orientation = words is [{ Length: 2 } slow, _, { Length: 2 } fast, _] ? Array.IndexOf(Orientations, slow + fast) + 1 : 0;
        if (orientation == 0 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int scanlines)
            || !int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out int columns))
            throw new ImageFormatException(source, $"damaged: '{line}' where the size should be, such as '-Y 480 +X 640'");
        return new(columns, scanlines, orientation);
    }

    // The orientations 1 to 8.
    private static readonly string[] Orientations = ["-Y+X", "-Y-X", "+Y-X", "+Y+X", "+X-Y", "-X-Y", "-X+Y", "+X+Y"];

    private static string ReadLine(FileBytes file)
    {
        StringBuilder line = new();
        for (int b = file.Byte("the pixels"); b != '\n'; b = file.Byte("the pixels"))
        {
            if (line.Length == MaxLineLength)
                throw new ImageFormatException(file.Source, $"damaged: more than {MaxLineLength} characters in a line of the header");
            line.Append((char)b);
        }

        return line.ToString().TrimEnd('\r');
    }
}
