using System.Buffers.Binary;

namespace Wct.Imaging.Png;

/// <summary>Writes chunks: length, type, body, CRC (section 5.3).</summary>
internal static class PngChunkWriter
{
    /// <summary>Writes one chunk.</summary>
    internal static void Write(Stream stream, PngChunkType type, ReadOnlySpan<byte> body)
    {
        Span<byte> head = stackalloc byte[8], check = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(head, body.Length);
        type.Write(head[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32.Append(Crc32.Append(Crc32.Empty, head[4..]), body));
        stream.Write(head);
        stream.Write(body);
        stream.Write(check);
    }
}
