namespace Wct.Imaging.Netpbm;

/// <summary>The header of a PPM, PGM or PBM file.</summary>
/// <param name="Kind">The digit after the P, 1 to 6.</param>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="MaxValue">The sample value of full brightness (maxval), 1 to 65535. For bitmaps, whose files have no maxval, it is
/// 1.</param>
internal readonly record struct NetpbmHeader(int Kind, int Width, int Height, int MaxValue)
{
    /// <summary>Whether samples are written as decimal numbers.</summary>
    internal bool IsPlain => Kind <= 3;

    /// <summary>Whether samples are single bits, of which 1 is black.</summary>
    internal bool IsBitmap => Kind is 1 or 4;

    /// <summary>Samples per pixel: 1 or 3.</summary>
    internal int Channels => Kind is 3 or 6 ? 3 : 1;

    /// <summary>Bytes of a row of raw samples. Bitmaps pack eight pixels into a byte. Other files use two bytes per sample if the maxval is
    /// above 255.</summary>
    internal int RawRowLength => (int)(IsBitmap ? ((long)Width + 7) / 8 : (long)Width * Channels * (MaxValue > 255 ? 2 : 1));

    /// <summary>Reads the header, up to the first sample.</summary>
    /// <exception cref="ImageFormatException">The file is of another kind, is truncated, or has a value outside the
    /// specification.</exception>
    internal static NetpbmHeader Read(NetpbmText text)
    {
        (int p, int digit) = (text.ReadByte(), text.ReadByte());
        if (p != 'P' || digit is < '1' or > '6')
            throw new ImageFormatException(text.Source, "not a PPM, PGM or PBM file");
        int kind = digit - '0', width = text.ReadNumber("the width"), height = text.ReadNumber("the height");
        if (width == 0 || height == 0)
            throw new ImageFormatException(text.Source, $"size {width}x{height}, sides start at 1");
        int maxValue = kind is 1 or 4 ? 1 : text.ReadNumber("the maxval");
        if (maxValue is 0 or > 65535)
            throw new ImageFormatException(text.Source, $"maxval {maxValue}, the range is 1 to 65535");
        return new(kind, width, height, maxValue);
    }
}
