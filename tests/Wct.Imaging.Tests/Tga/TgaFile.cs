using System.Buffers.Binary;

namespace Wct.Imaging.Tests.Tga;

/// <summary>Writes TGA files from raw pixels, independently of the library.</summary>
internal static class TgaFile
{
    /// <summary>Creates a file.</summary>
    /// <param name="type">1 palette, 2 colors, 3 gray; 9, 10 and 11 are the same with runs, whose data the caller gives.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Bits per pixel.</param>
    /// <param name="descriptor">Alpha bits and first corner.</param>
    /// <param name="data">The stored pixels.</param>
    /// <param name="palette">The stored palette.</param>
    /// <param name="paletteBits">Bits of its entries.</param>
    /// <param name="paletteStart">Index of its first entry.</param>
    /// <param name="text">Text after the header.</param>
    internal static byte[] Create(
        int type, int width, int height, int bits, int descriptor, byte[] data, byte[]? palette = null, int paletteBits = 0,
        int paletteStart = 0, string text = "")
    {
        palette ??= [];
        byte[] header = new byte[18];
        (header[0], header[1], header[2], header[7], header[16], header[17]) =
            ((byte)text.Length, (byte)(palette.Length > 0 ? 1 : 0), (byte)type, (byte)paletteBits, (byte)bits, (byte)descriptor);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(3), (ushort)paletteStart);
        BinaryPrimitives.WriteUInt16LittleEndian(
            header.AsSpan(5), (ushort)(paletteBits == 0 ? 0 : palette.Length / ((paletteBits + 7) / 8)));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(14), (ushort)height);
        return [.. header, .. System.Text.Encoding.Latin1.GetBytes(text), .. palette, .. data];
    }

    /// <summary>Packs pixels into runs that cross rows.</summary>
    internal static byte[] Runs(byte[] pixels, int pixelBytes)
    {
        List<byte> packed = [];
        for (int at = 0, count; at < pixels.Length; at += count * pixelBytes)
        {
            byte[] pixel = pixels[at..(at + pixelBytes)];
            count = 1;
            while (count < 128 && at + ((count + 1) * pixelBytes) <= pixels.Length
                && pixels.AsSpan(at + (count * pixelBytes), pixelBytes).SequenceEqual(pixel))
                count++;
            if (count > 1)
            {
                packed.Add((byte)(0x80 | (count - 1)));
                packed.AddRange(pixel);
                continue;
            }

            // Up to five different pixels.
            count = Math.Min(5, (pixels.Length - at) / pixelBytes);
            packed.Add((byte)(count - 1));
            packed.AddRange(pixels[at..(at + (count * pixelBytes))]);
        }

        return [.. packed];
    }
}
