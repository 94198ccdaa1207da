using System.Text;

namespace Wct.Imaging.Tests;

/// <summary>Reads the output of Netpbm programs (P4, P5 or P6 without comments) in a simple way, independently of the codec.</summary>
internal sealed record RawPnm(int Channels, int Width, int Height, byte[] Samples)
{
    /// <summary>Parses a file; samples are rounded to 8 bits.</summary>
    internal static RawPnm Parse(byte[] file)
    {
        int at = 3, kind = file[1] - '0';
        int width = Number(), height = Number(), maxValue = kind == 4 ? 1 : Number();
        int channels = kind == 6 ? 3 : 1, count = width * height * channels, bytes = maxValue > 255 ? 2 : 1;
        byte[] samples = new byte[count];
        for (int i = 0; i < count; i++)
        {
            int value = kind == 4 ? 1 - (file[at + i / width * ((width + 7) / 8) + i % width / 8] >> (7 - i % width % 8) & 1)
                : bytes == 2 ? 256 * file[at + 2 * i] + file[at + 2 * i + 1]
                : file[at + i];
            samples[i] = (byte)Math.Round(value * 255.0 / maxValue, MidpointRounding.AwayFromZero);
        }

        return new(channels, width, height, samples);

        int Number()
        {
            StringBuilder digits = new();
            while (char.IsAsciiDigit((char)file[at]))
                digits.Append((char)file[at++]);
            at++;
            return int.Parse(digits.ToString());
        }
    }

    /// <summary>Red, green, blue of every pixel.</summary>
    internal byte[] Rgb() => Channels == 3 ? Samples : [.. Samples.SelectMany(s => new[] { s, s, s })];
}
