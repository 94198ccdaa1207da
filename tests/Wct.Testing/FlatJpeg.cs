using System.Buffers.Binary;

namespace Wct.Testing;

/// <summary>Creates JPEG files whose coefficients a decoder must keep: each component has a scan of its own, in full resolution, with flat
/// blocks.</summary>
public static class FlatJpeg
{
    private const int Components = 3;

    // Codes of ITU T.81, annex C: DC sizes 0, 1 and 2 in two bits each, 3 in three, and "end of block" as the only AC code, of one bit.
    private static readonly byte[] Tables =
        [0xFF, 0xC4, 0, 2 + 17 + 4 + 17 + 1, 0x00, .. Counts(0, 3, 1), 0, 1, 2, 3, 0x10, .. Counts(1), 0];

    /// <summary>Creates a file of up to 65535 pixels a side; the same size gives the same file.</summary>
    public static byte[] Create(int width, int height)
    {
        MemoryStream file = new();
        file.Write([0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0]);
        file.Write(Enumerable.Repeat((byte)16, 64).ToArray());
        file.Write(Tables);
        byte[] size = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(size.AsSpan(2), (ushort)width);
        file.Write([0xFF, 0xC0, 0, 8 + (3 * Components), 8, .. size, Components, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        Random random = new(width + height);
        for (int component = 1; component <= Components; component++)
        {
            file.Write([0xFF, 0xDA, 0, 8, 1, (byte)component, 0x00, 0, 63, 0]);
            Scan(file, (width + 7) / 8 * ((height + 7) / 8), random);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    // Writes a difference of up to 3 for each block, up or down so that levels stay in range.
    private static void Scan(MemoryStream file, int blocks, Random random)
    {
        long bits = 0;
        int count = 0, level = 0;
        void Put(int value, int length)
        {
            (bits, count) = ((bits << length) | (uint)value, count + length);
            for (; count >= 8; count -= 8)
            {
                byte next = (byte)(bits >> (count - 8));
                file.WriteByte(next);
                if (next == 0xFF)
                    file.WriteByte(0);
            }
        }

        for (int i = 0; i < blocks; i++)
        {
            int size = random.Next(3), difference = size == 0 ? 0 : random.Next(1 << (size - 1), 1 << size);
            bool down = level > 0;
            level += down ? -difference : difference;
            Put(size, 2);
            Put(down ? (1 << size) - 1 - difference : difference, size);
            Put(0, 1);
        }

        Put(127, 7);
    }

    private static byte[] Counts(params byte[] first) => [.. first, .. new byte[16 - first.Length]];
}
