using System.Buffers.Binary;

namespace Wct.Imaging.Tests.Bmp;

/// <summary>Writes bitmaps of all kinds from raw rows, independently of the library.</summary>
internal static class BmpFile
{
    /// <summary>Creates a file.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows; negative if the top row is first.</param>
    /// <param name="bits">Bits per pixel.</param>
    /// <param name="rows">The stored rows, padded to four bytes, in file order.</param>
    /// <param name="palette">Entries of blue, green and red.</param>
    /// <param name="masks">Masks of red, green, blue and alpha; empty for none.</param>
    /// <param name="size">Bytes of the second header: 12, 40, 56, 108 or 124.</param>
    /// <param name="gap">Bytes between the headers and the pixels.</param>
    internal static byte[] Create(
        int width, int height, int bits, byte[] rows, byte[]? palette = null, uint[]? masks = null, int size = 40, int gap = 0)
    {
        palette ??= [];
        masks ??= [];
        byte[] header = new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(header, size);
        if (size == 12)
        {
            Words(header, 4, width, Math.Abs(height), 1, bits);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), width);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), height);
            Words(header, 12, 1, bits, masks.Length > 0 ? 3 : 0);
            for (int i = 0; i < masks.Length && size > 40; i++)
                BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40 + (4 * i)), masks[i]);
        }

        byte[] after = new byte[size == 40 ? 12 * Math.Min(1, masks.Length) : 0];
        for (int i = 0; i < after.Length / 4; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(after.AsSpan(4 * i), masks[i]);
        byte[] entries = [.. palette.Chunk(3).SelectMany(entry => size == 12 ? entry : [.. entry, 0])];
        int offset = 14 + size + after.Length + entries.Length + gap;
        byte[] file = [.. "BM"u8, .. new byte[12], .. header, .. after, .. entries, .. new byte[gap], .. rows];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), offset);
        return file;
    }

    /// <summary>Creates a file with runs and a palette of grays.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Bits per pixel: 4 or 8.</param>
    /// <param name="runs">The runs, in file order.</param>
    internal static byte[] Runs(int width, int height, int bits, byte[] runs)
    {
        byte[] file = Create(width, height, bits, runs, [.. Enumerable.Range(0, 3 << bits).Select(i => (byte)(i / 3))]);
        file[30] = (byte)(bits == 8 ? 1 : 2);
        return file;
    }

    private static void Words(byte[] header, int at, params int[] values)
    {
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + (2 * i)), (ushort)values[i]);
    }
}
