using System.Text;

namespace Wct.Imaging.Tests.Radiance;

/// <summary>Writes Radiance files, independently of the library.</summary>
internal static class HdrFile
{
    /// <summary>Creates a file.</summary>
    /// <param name="size">The line with the size: "-Y 2 +X 3".</param>
    /// <param name="columns">Pixels of a scanline.</param>
    /// <param name="pixels">Red, green, blue and exponent of each pixel, in file order.</param>
    /// <param name="runs">Whether scanlines are packed. They must have 8 to 32767 pixels.</param>
    internal static byte[] Create(string size, int columns, byte[] pixels, bool runs)
    {
        List<byte> file = [.. Encoding.ASCII.GetBytes($"#?RADIANCE\n# made by a test\nFORMAT=32-bit_rle_rgbe\nEXPOSURE=1\n\n{size}\n")];
        foreach (byte[] scanline in pixels.Chunk(4 * columns))
        {
            if (!runs)
            {
                file.AddRange(scanline);
                continue;
            }

            file.AddRange([2, 2, (byte)(columns >> 8), (byte)columns]);
            for (int part = 0; part < 4; part++)
                Pack([.. Enumerable.Range(0, columns).Select(x => scanline[(4 * x) + part])], file);
        }

        return [.. file];
    }

    private static void Pack(byte[] values, List<byte> file)
    {
        for (int at = 0, count; at < values.Length; at += count)
        {
            count = 1;
            while (count < 127 && at + count < values.Length && values[at + count] == values[at])
                count++;
            if (count > 2)
            {
                file.AddRange([(byte)(128 + count), values[at]]);
                continue;
            }

            count = Math.Min(7, values.Length - at);
            file.Add((byte)count);
            file.AddRange(values[at..(at + count)]);
        }
    }
}
