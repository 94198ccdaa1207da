using System.IO.Compression;

namespace Wct.Imaging.Png;

/// <summary>Reads and writes the chunks iCCP and eXIf (sections 11.3.2.3 and 11.3.4.4).</summary>
internal static class PngMetadata
{
    private const int MaxNameLength = 79, MaxCompressedBytes = ImageMetadata.MaxProfileBytes;

    /// <summary>Reads the body of an eXIf chunk; null if it is too long, or if its CRC is wrong.</summary>
    internal static byte[]? ReadExif(PngChunks chunks)
    {
        if (chunks.Length <= ExifBlock.MaxBytes)
            return chunks.ReadAncillary();
        chunks.Warnings.Note($"the Exif block of {chunks.Length} bytes is left out: too long");
        return null;
    }

    /// <summary>Reads the color profile in an iCCP chunk; null if it can't be used.</summary>
    internal static byte[]? ReadProfile(PngChunks chunks)
    {
        byte[]? body = chunks.Length <= MaxCompressedBytes ? chunks.ReadAncillary() : null;
        int name = body is null ? -1 : body.AsSpan(0, Math.Min(body.Length, MaxNameLength + 1)).IndexOf((byte)0);
        // The chunk has a name, a zero byte, the compression method 0, then the compressed profile.
        byte[]? profile = name >= 1 && name + 2 < body!.Length && body[name + 1] == 0 ? Inflate(body, name + 2) : null;
        if (profile is null)
            chunks.Warnings.Note("the color profile is left out: damaged or too long");
        return profile;
    }

    /// <summary>Writes the chunks for which there is data. Must be called after the header.</summary>
    internal static void Write(Stream stream, PngHeader header, ImageMetadata metadata)
    {
        ReadOnlySpan<byte> profile = metadata.ProfileFor(header.ColorType is PngColorType.Gray ? PixelLayout.Gray8 : PixelLayout.Rgb24);
        if (!profile.IsEmpty)
        {
            using MemoryStream body = new();
            body.Write("ICC profile\0\0"u8);
            using (ZLibStream deflated = new(body, CompressionLevel.Optimal, leaveOpen: true))
                deflated.Write(profile);
            PngChunkWriter.Write(stream, PngChunkType.Profile, body.GetBuffer().AsSpan(0, (int)body.Length));
        }

        byte[] exif = metadata.ExifFor(header.Width, header.Height);
        if (exif.Length > 0)
            PngChunkWriter.Write(stream, PngChunkType.Exif, exif);
    }

    /// <summary>Looks for an eXIf chunk after the image data, where some programs put it. The stream's position doesn't change.</summary>
    /// <param name="stream">At the body of the first IDAT chunk.</param>
    /// <param name="length">Bytes of that body.</param>
    /// <returns>The block; null if there is none, or if the stream can't seek. Its CRC isn't checked.</returns>
    internal static byte[]? FindExif(Stream stream, int length)
    {
        if (!stream.CanSeek)
            return null;
        long start = stream.Position;
        try
        {
            Span<byte> head = stackalloc byte[8];
            for (long at = start + length + 4L; at + head.Length <= stream.Length;)
            {
                stream.Position = at;
                stream.ReadExactly(head);
                uint next = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head);
                PngChunkType type = PngChunkType.Of(head[4..]);
                if (type == PngChunkType.Exif && next <= ExifBlock.MaxBytes && at + head.Length + next <= stream.Length)
                {
                    byte[] exif = new byte[next];
                    stream.ReadExactly(exif);
                    return exif;
                }

                if (!type.IsName || type == PngChunkType.End)
                    return null;
                at += head.Length + next + 4L;
            }

            return null;
        }
        finally
        {
            stream.Position = start;
        }
    }

    private static byte[]? Inflate(byte[] body, int start)
    {
        byte[] profile = new byte[ImageMetadata.MaxProfileBytes + 1];
        try
        {
            using ZLibStream inflated = new(new MemoryStream(body, start, body.Length - start), CompressionMode.Decompress);
            int length = inflated.ReadAtLeast(profile, profile.Length, throwOnEndOfStream: false);
            return length <= ImageMetadata.MaxProfileBytes ? profile[..length] : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // For data that needs a preset dictionary, inflating throws an IOException of a type that is not public.
            return null;
        }
    }
}
