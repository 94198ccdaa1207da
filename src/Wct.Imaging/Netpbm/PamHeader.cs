namespace Wct.Imaging.Netpbm;

/// <summary>The header of a portable arbitrary map: lines of text (pam(5)).</summary>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Depth">Samples per pixel: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha.</param>
/// <param name="MaxValue">The sample value of full brightness, 1 to 65535.</param>
internal readonly record struct PamHeader(int Width, int Height, int Depth, int MaxValue)
{
    private const int MaxLineLength = 1000, MaxLines = 1000;

    /// <summary>Layout of the pixels that the reader returns.</summary>
    internal PixelLayout Layout => Depth switch { 1 => PixelLayout.Gray8, 3 => PixelLayout.Rgb24, _ => PixelLayout.Rgba32 };

    /// <summary>Bytes of a row in the file.</summary>
    internal long RowLength => (long)Width * Depth * (MaxValue > 255 ? 2 : 1);

    /// <summary>Reads the header, up to the first sample.</summary>
    /// <exception cref="ImageFormatException">The file is of another kind, is truncated, or has a value that is outside the specification
    /// or not supported.</exception>
    internal static PamHeader Read(NetpbmText text)
    {
        if (text.ReadLine("the header", MaxLineLength).TrimEnd('\r') != "P7")
            throw new ImageFormatException(text.Source, "not a PAM file");
        Dictionary<string, int> numbers = [];
        string type = "";
        for (int lines = 0; ; lines++)
        {
            string line = text.ReadLine("the header's end", MaxLineLength).Trim();
            if (line == "ENDHDR")
                break;
            if (lines == MaxLines)
                throw new ImageFormatException(text.Source, $"damaged: no ENDHDR in the first {MaxLines} lines");
            if (line.Length == 0 || line[0] == '#')
                continue;
            string name = line.Split((char[])[' ', '\t'])[0], value = line[name.Length..].Trim();
            if (name == "TUPLTYPE")
                type = $"{type} {value}".Trim();
            else if (name is not ("WIDTH" or "HEIGHT" or "DEPTH" or "MAXVAL"))
                throw new ImageFormatException(text.Source, $"damaged: the header has '{name}'");
            else if (int.TryParse(value, System.Globalization.NumberStyles.None, null, out int number))
                numbers[name] = number;
            else
                throw new ImageFormatException(text.Source, $"damaged: {name} is '{value}'");
        }

        PamHeader header = new(Number("WIDTH"), Number("HEIGHT"), Number("DEPTH"), Number("MAXVAL"));
        header.Check(text.Source, type);
        return header;

        int Number(string name) => numbers.TryGetValue(name, out int number)
            ? number
            : throw new ImageFormatException(text.Source, $"damaged: the header lacks {name}");
    }

    private void Check(string source, string type)
    {
        if (Width == 0 || Height == 0)
            throw new ImageFormatException(source, $"size {Width}x{Height}, sides start at 1");
        if (MaxValue is 0 or > 65535)
            throw new ImageFormatException(source, $"maxval {MaxValue}, the range is 1 to 65535");
        // A file of an unknown type is read as a picture with the number of samples in its header.
        int depth = type switch
        {
            "BLACKANDWHITE" or "GRAYSCALE" => 1,
            "BLACKANDWHITE_ALPHA" or "GRAYSCALE_ALPHA" => 2,
            "RGB" => 3,
            "RGB_ALPHA" => 4,
            _ => Depth,
        };
        if (depth != Depth || depth is < 1 or > 4)
        {
            string wanted = depth != Depth ? $"{depth}" : "1 to 4 for pictures";
            throw new ImageFormatException(source, $"{Depth} samples per pixel of type '{type}', it must be {wanted}");
        }
    }
}
