namespace Wct.Imaging.Netpbm;

/// <summary>What stands before the samples.</summary>
/// <param name="Kind">The digit behind the P, 1 to 6.</param>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="MaxValue">The sample that is full brightness, 1 to 65535; 1 for bitmaps, which do not name it.</param>
internal readonly record struct NetpbmHeader(int Kind, int Width, int Height, int MaxValue)
{
    /// <summary>Whether samples are written as decimal numbers.</summary>
    internal bool IsPlain => Kind <= 3;

    /// <summary>Whether samples are single bits, of which 1 is black.</summary>
    internal bool IsBitmap => Kind is 1 or 4;

    /// <summary>Samples that make a pixel: 1 or 3.</summary>
    internal int Channels => Kind is 3 or 6 ? 3 : 1;

    /// <summary>Bytes of a row of raw samples; bitmaps pack eight pixels into a byte, others take two bytes for values above 255.</summary>
    internal int RawRowLength => (int)(IsBitmap ? ((long)Width + 7) / 8 : (long)Width * Channels * (MaxValue > 255 ? 2 : 1));

    /// <summary>Reads up to the first sample.</summary>
    /// <exception cref="ImageFormatException">Not such a file, truncated, or a value is outside the specification.</exception>
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
