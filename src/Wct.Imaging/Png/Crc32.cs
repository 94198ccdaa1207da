using System.Buffers.Binary;

namespace Wct.Imaging.Png;

/// <summary>The CRC at the end of each chunk (section 5.5): polynomial 0xEDB88320, bits reflected.</summary>
/// <remarks>Each step processes eight bytes with eight tables (Kounavis and Berry 2005). With one byte per step, it would take as long as
/// inflating.</remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Entry b of table k is what byte b contributes to the CRC if k bytes follow it.</summary>
    private static readonly uint[] Tables = MakeTables();

    /// <summary>The CRC of no bytes.</summary>
    internal const uint Empty = 0;

    /// <summary>Continues the CRC of earlier bytes with <paramref name="more"/>.</summary>
    internal static uint Append(uint crc, ReadOnlySpan<byte> more)
    {
        ReadOnlySpan<uint> t = Tables;
        uint state = ~crc;
        for (; more.Length >= 8; more = more[8..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(more) ^ state;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(more[4..]);
            state = t[0x700 + (int)(low & 0xFF)] ^ t[0x600 + (int)((low >> 8) & 0xFF)]
                  ^ t[0x500 + (int)((low >> 16) & 0xFF)] ^ t[0x400 + (int)(low >> 24)]
                  ^ t[0x300 + (int)(high & 0xFF)] ^ t[0x200 + (int)((high >> 8) & 0xFF)]
                  ^ t[0x100 + (int)((high >> 16) & 0xFF)] ^ t[(int)(high >> 24)];
        }

        foreach (byte b in more)
            state = t[(int)((state ^ b) & 0xFF)] ^ (state >> 8);
        return ~state;
    }

    private static uint[] MakeTables()
    {
        uint[] tables = new uint[8 * 256];
        for (int i = 0; i < tables.Length; i++)
        {
            uint entry = i < 256 ? (uint)i : tables[i - 256];
            if (i < 256)
            {
                for (int bit = 0; bit < 8; bit++)
                    entry = (entry & 1) != 0 ? (entry >> 1) ^ Polynomial : entry >> 1;
            }
            else
            {
                entry = tables[entry & 0xFF] ^ (entry >> 8);
            }

            tables[i] = entry;
        }

        return tables;
    }
}
