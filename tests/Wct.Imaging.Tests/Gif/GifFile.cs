using System.Buffers.Binary;

namespace Wct.Imaging.Tests.Gif;

/// <summary>Writes GIF files, independently of the library.</summary>
internal static class GifFile
{
    /// <summary>Creates a file with one picture.</summary>
    /// <param name="screen">Width and height of the screen.</param>
    /// <param name="frame">Left side, upper side, width and height of the picture.</param>
    /// <param name="indices">Palette indices in file order.</param>
    /// <param name="palette">Red, green and blue of 2^bits colors.</param>
    /// <param name="interlaced">Whether the header says that the rows are interlaced.</param>
    /// <param name="transparent">Index of the transparent color; -1 for none.</param>
    /// <param name="clears">Whether the code table is cleared when it is full.</param>
    /// <param name="local">Whether the palette is that of the picture.</param>
    internal static byte[] Create(
        (int Width, int Height) screen, (int Left, int Top, int Width, int Height) frame, byte[] indices, byte[] palette,
        bool interlaced = false, int transparent = -1, bool clears = true, bool local = false)
    {
        int bits = Math.Max(1, (int)Math.Log2(palette.Length / 3));
        List<byte> file = [.. "GIF89a"u8];
        Words(file, screen.Width, screen.Height);
        file.AddRange([(byte)(local ? 0 : 0x80 | (bits - 1)), 0, 0]);
        if (!local)
            file.AddRange(palette);
        file.AddRange([0x21, 0xFE, 3, (byte)'h', (byte)'i', (byte)'!', 0]);
        file.AddRange([0x21, 0xF9, 4, (byte)(transparent >= 0 ? 1 : 0), 0, 0, (byte)Math.Max(0, transparent), 0, 0x2C]);
        Words(file, frame.Left, frame.Top, frame.Width, frame.Height);
        file.Add((byte)((interlaced ? 0x40 : 0) | (local ? 0x80 | (bits - 1) : 0)));
        if (local)
            file.AddRange(palette);
        int codeBits = Math.Max(2, bits);
        file.Add((byte)codeBits);
        foreach (byte[] block in Encode(indices, codeBits, clears).Chunk(255))
        {
            file.Add((byte)block.Length);
            file.AddRange(block);
        }

        return [.. file, 0, 0x3B];
    }

    private static byte[] Encode(byte[] indices, int codeBits, bool clears)
    {
        List<byte> bytes = [];
        int clear = 1 << codeBits, next = 0, bits = 0;
        ulong buffer = 0;
        int buffered = 0;
        Dictionary<(int Prefix, byte Last), int> table = [];
        void Put(int code)
        {
            buffer |= (ulong)code << buffered;
            for (buffered += bits; buffered >= 8; buffered -= 8, buffer >>= 8)
                bytes.Add((byte)buffer);
        }

        void Clear()
        {
            Put(clear);
            table.Clear();
            (next, bits) = (clear + 2, codeBits + 1);
        }

        bits = codeBits + 1;
        Clear();
        int prefix = indices[0];
        foreach (byte index in indices.Skip(1))
        {
            if (table.TryGetValue((prefix, index), out int known))
            {
                prefix = known;
                continue;
            }

            Put(prefix);
            if (next < 4096)
            {
                table[(prefix, index)] = next++;
                // The decoder knows this code one code later, and both widen their codes then.
                if (next > 1 << bits && bits < 12)
                    bits++;
            }
            else if (clears)
            {
                Clear();
            }

            prefix = index;
        }

        Put(prefix);
        Put(clear + 1);
        if (buffered > 0)
            bytes.Add((byte)buffer);
        return [.. bytes];
    }

    private static void Words(List<byte> file, params int[] values)
    {
        Span<byte> word = stackalloc byte[2];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(word, (ushort)value);
            file.AddRange(word);
        }
    }
}
