using System.Buffers.Binary;
using System.IO.Compression;

namespace Wct.Testing;

/// <summary>Creates large pictures as PNG files of few bytes.</summary>
public static class FlatPng
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Creates an interlaced file of 8-bit RGB, at least 5 pixels a side. Each row of a pass has one color, and each pass has
    /// other colors.</summary>
    public static byte[] Interlaced(int width, int height)
    {
        MemoryStream data = new();
        using (ZLibStream packer = new(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach ((int x, int y, int stepX, int stepY) in Passes)
            {
                byte[] row = new byte[1 + ((width - x + stepX - 1) / stepX * 3)];
                for (int line = y; line < height; line += stepY)
                {
                    row.AsSpan(1).Fill((byte)((line / 16) + (x * 20) + y));
                    packer.Write(row);
                }
            }
        }

        byte[] header = [.. BigEndian((uint)width), .. BigEndian((uint)height), 8, 2, 0, 0, 1];
        return [137, 80, 78, 71, 13, 10, 26, 10, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, data.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>Inserts a chunk behind a file's header.</summary>
    /// <param name="png">The file.</param>
    /// <param name="type">The chunk's type, four letters.</param>
    /// <param name="body">The chunk's bytes.</param>
    public static byte[] WithChunk(byte[] png, ReadOnlySpan<byte> type, byte[] body)
    {
        const int Header = 33;
        return [.. png.AsSpan(0, Header), .. Chunk(type, body), .. png.AsSpan(Header)];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] body)
    {
        byte[] named = [.. type, .. body];
        return [.. BigEndian((uint)body.Length), .. named, .. BigEndian(Check(named))];
    }

    // Computes the cyclic redundancy check bit by bit.
    private static uint Check(byte[] bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte next in bytes)
        {
            state ^= next;
            for (int bit = 0; bit < 8; bit++)
                state = (state >> 1) ^ (0xEDB88320 * (state & 1));
        }

        return ~state;
    }

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
