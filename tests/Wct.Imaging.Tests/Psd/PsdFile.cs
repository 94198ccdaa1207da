using System.Buffers.Binary;
using System.Text;

namespace Wct.Imaging.Tests.Psd;

/// <summary>Writes Photoshop files from raw channels, independently of the library.</summary>
internal static class PsdFile
{
    /// <summary>A section with a number of layers, but without their data. A negative number stands for a transparent picture.</summary>
    internal static byte[] Layers(short count) => [0, 0, 0, 2, (byte)(count >> 8), (byte)count, 0, 0, 0, 0];

    /// <summary>A section whose layers are in a block of its own.</summary>
    internal static byte[] LayerBlock(string key) =>
        [0, 0, 0, 0, 0, 0, 0, 0, .. "8BIMPatt"u8, 0, 0, 0, 1, 9, 0, 0, 0, .. "8BIM"u8, .. Encoding.ASCII.GetBytes(key), 0, 0, 0, 0];

    /// <summary>Creates a file.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Bits per component.</param>
    /// <param name="mode">1 gray, 3 RGB, 4 CMYK.</param>
    /// <param name="channels">The bytes of each channel, big-endian.</param>
    /// <param name="runs">Whether rows are packed.</param>
    /// <param name="profile">A color profile to store.</param>
    /// <param name="layers">The bytes of the section of layers.</param>
    internal static byte[] Create(
        int width, int height, int bits, int mode, byte[][] channels, bool runs, byte[]? profile = null, byte[]? layers = null)
    {
        List<byte> file = [.. "8BPS"u8, 0, 1, .. new byte[6]];
        Words(file, channels.Length);
        Longs(file, height, width);
        Words(file, bits, mode);
        Longs(file, 0);
        List<byte> resources = [];
        if (profile is not null)
        {
            resources.AddRange("8BIM"u8);
            Words(resources, 1039, 0);
            Longs(resources, profile.Length);
            resources.AddRange(profile);
            if (profile.Length % 2 == 1)
                resources.Add(0);
        }

        Longs(file, resources.Count);
        file.AddRange(resources);
        layers ??= [0, 0, 0, 0];
        Longs(file, layers.Length);
        file.AddRange(layers);
        Words(file, runs ? 1 : 0);
        if (!runs)
            return [.. file, .. channels.SelectMany(bytes => bytes)];
        List<byte[]> rows = [.. channels.SelectMany(bytes => bytes.Chunk(width * bits / 8)).Select(Pack)];
        rows.ForEach(row => Words(file, row.Length));
        return [.. file, .. rows.SelectMany(row => row)];
    }

    private static byte[] Pack(byte[] row)
    {
        List<byte> packed = [];
        for (int at = 0, count; at < row.Length; at += count)
        {
            count = 1;
            while (count < 128 && at + count < row.Length && row[at + count] == row[at])
                count++;
            if (count > 1)
            {
                packed.AddRange([(byte)(257 - count), row[at]]);
                continue;
            }

            count = Math.Min(4, row.Length - at);
            packed.Add((byte)(count - 1));
            packed.AddRange(row[at..(at + count)]);
        }

        return [.. packed];
    }

    private static void Words(List<byte> file, params int[] values)
    {
        foreach (int value in values)
            file.AddRange([(byte)(value >> 8), (byte)value]);
    }

    private static void Longs(List<byte> file, params int[] values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            file.AddRange(bytes);
        }
    }
}
