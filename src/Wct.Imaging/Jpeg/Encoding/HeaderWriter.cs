using System.Buffers.Binary;

namespace Wct.Imaging.Jpeg.Encoding;

/// <summary>Writes the segments before the scan data of a baseline JFIF file.</summary>
internal static class HeaderWriter
{
    /// <summary>Writes all segments up to the scan data (ITU T.81, annex B; JFIF 1.02).</summary>
    /// <param name="stream">Receives the segments.</param>
    /// <param name="width">1 to 65535.</param>
    /// <param name="height">1 to 65535.</param>
    /// <param name="tables">Quantization, [64] row-major each: one for grayscale, luminance's and chrominance's for color.</param>
    /// <param name="sampling">Luminance's sampling factors in both directions, 1 or 2.</param>
    /// <param name="metadata">Exif data and color profile to write, or null.</param>
    internal static void Write(Stream stream, int width, int height, byte[][] tables, int sampling, ImageMetadata? metadata)
    {
        bool color = tables.Length == 2;
        stream.Write([0xFF, Marker.StartOfImage]);
        WriteSegment(stream, Marker.App0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        if (metadata is not null)
            WriteMetadata(stream, metadata.ExifFor(width, height), metadata.ProfileFor(color ? PixelLayout.Rgb24 : PixelLayout.Gray8));
        for (int i = 0; i < tables.Length; i++)
            WriteSegment(stream, Marker.QuantizationTables, [(byte)i, .. ZigZagged(tables[i])]);

        byte[] size = [(byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width];
        byte factors = (byte)((sampling << 4) | sampling);
        byte[] components = color ? [3, 1, factors, 0, 2, 0x11, 1, 3, 0x11, 1] : [1, 1, factors, 0];
        WriteSegment(stream, Marker.Baseline, [8, .. size, .. components]);

        WriteCode(stream, 0x00, StandardHuffman.LuminanceDc);
        WriteCode(stream, 0x10, StandardHuffman.LuminanceAc);
        if (color)
        {
            WriteCode(stream, 0x01, StandardHuffman.ChrominanceDc);
            WriteCode(stream, 0x11, StandardHuffman.ChrominanceAc);
        }

        byte[] scan = color ? [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0] : [1, 1, 0x00, 0, 63, 0];
        WriteSegment(stream, Marker.StartOfScan, scan);
    }

    // Exif 2.3, 4.7.2; ICC.1, annex B.4.
    private static void WriteMetadata(Stream stream, byte[] exif, ReadOnlySpan<byte> profile)
    {
        if (exif.Length > 0)
            WriteSegment(stream, Marker.App1, [.. "Exif\0\0"u8, .. exif]);
        int parts = (profile.Length + JpegProfile.PartLength - 1) / JpegProfile.PartLength;
        for (int i = 0; i < parts; i++)
        {
            int start = i * JpegProfile.PartLength;
            ReadOnlySpan<byte> part = profile[start..Math.Min(profile.Length, start + JpegProfile.PartLength)];
            WriteSegment(stream, Marker.App2, [.. JpegProfile.Name, (byte)(i + 1), (byte)parts, .. part]);
        }
    }

    private static void WriteCode(Stream stream, byte head, HuffmanCode code) =>
        WriteSegment(stream, Marker.HuffmanTables, [head, .. code.Counts, .. code.Symbols]);

    private static void WriteSegment(Stream stream, byte marker, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(payload.Length + 2));
        stream.Write(head);
        stream.Write(payload);
    }

    private static byte[] ZigZagged(byte[] table)
    {
        byte[] ordered = new byte[64];
        for (int k = 0; k < 64; k++)
            ordered[k] = table[ZigZag.Natural[k]];
        return ordered;
    }
}
