using System.Globalization;

namespace Wct.Robustness.Comparison;

/// <summary>Reads the output of djpeg and pngtopnm (P4, P5 or P6) with simple code that is independent of Wct.Imaging's codec.</summary>
internal static class NetpbmOutput
{
    /// <summary>Returns the picture with samples rounded to 256 levels; null if the output is incomplete.</summary>
    internal static RgbaPicture? Parse(byte[] file)
    {
        if (file.Length < 2 || file[0] != 'P' || file[1] is not ((byte)'4' or (byte)'5' or (byte)'6'))
            return null;
        int at = 2, kind = file[1] - '0';
        if (Number() is not { } width || Number() is not { } height || (kind == 4 ? 1 : Number()) is not { } most)
            return null;
        at++;
        int channels = kind == 6 ? 3 : 1, bytes = most > 255 ? 2 : 1, line = kind == 4 ? (width + 7) / 8 : width * channels * bytes;
        if ((long)line * height > file.Length - at)
            return null;
        byte[] levels = new byte[most + 1], pixels = new byte[checked(width * height * 4)];
        for (int value = 0; value <= most; value++)
            levels[value] = (byte)Math.Round(value * 255.0 / most, MidpointRounding.AwayFromZero);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = file.AsSpan(at + y * line, line);
            Span<byte> to = pixels.AsSpan(y * width * 4, width * 4);
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int i = x * channels + Math.Min(c, channels - 1);
                    int value = kind == 4 ? 1 - (row[x / 8] >> (7 - x % 8) & 1) : bytes == 1 ? row[i] : row[2 * i] << 8 | row[2 * i + 1];
                    to[x * 4 + c] = levels[Math.Min(value, most)];
                }

                to[x * 4 + 3] = 255;
            }
        }

        return new RgbaPicture(width, height, pixels);

        int? Number()
        {
            while (at < file.Length && char.IsWhiteSpace((char)file[at]))
                at++;
            int first = at;
            while (at < file.Length && char.IsAsciiDigit((char)file[at]))
                at++;
            ReadOnlySpan<byte> digits = file.AsSpan(first, at - first);
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        }
    }
}
