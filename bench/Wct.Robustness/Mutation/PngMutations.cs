using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Wct.Robustness.Mutation;

/// <summary>Damages chunks and compressed rows of PNG files, and corrects the checksums.</summary>
internal static class PngMutations
{
    private const int SignatureBytes = 8, ChunkOverhead = 12;

    private static readonly string[] Types =
    [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "eXIf", "iCCP", "gAMA", "cHRM", "cICP", "sRGB", "acTL", "tEXt", "zTXt", "iTXt", "sBIT",
        "ABCD",
    ];

    internal static byte[] Any(byte[] file, Random random)
    {
        if (random.Next(4) == 0 || Chunks(file) is not { Count: > 0 } chunks)
            return ByteMutations.Any(file, random);
        int at = random.Next(chunks.Count);
        (string type, byte[] data) = chunks[at];
        switch (random.Next(8))
        {
            case 0: chunks.RemoveAt(at); break;
            case 1: chunks.Insert(random.Next(chunks.Count + 1), chunks[at]); break;
            case 2:
                int other = random.Next(chunks.Count);
                (chunks[at], chunks[other]) = (chunks[other], chunks[at]);
                break;
            case 3: chunks[at] = (Types[random.Next(Types.Length)], data); break;
            case 4: chunks.Insert(at, (Types[random.Next(Types.Length)], ByteMutations.Noise(random, random.Next(64)))); break;
            case 5 when type == "iCCP" && random.Next(4) > 0: chunks[at] = (type, Profile(data, random)); break;
            case 5: chunks[at] = (type, ByteMutations.Any(data, random)); break;
            case 6: Header(chunks, random); break;
            default: Rows(chunks, random); break;
        }

        return File(chunks);
    }

    /// <summary>Creates a file from chunks, with correct lengths and checksums.</summary>
    internal static byte[] File(IEnumerable<(string Type, byte[] Data)> chunks)
    {
        using MemoryStream stream = new();
        stream.Write([0x89, .. "PNG\r\n\u001A\n"u8]);
        Span<byte> number = stackalloc byte[4];
        foreach ((string type, byte[] data) in chunks)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            stream.Write(number);
            byte[] named = [.. Encoding.Latin1.GetBytes(type), .. data];
            stream.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Checksum.Crc32(named));
            stream.Write(number);
        }

        return stream.ToArray();
    }

    /// <summary>Compresses rows as in IDAT chunks.</summary>
    internal static byte[] Compressed(ReadOnlySpan<byte> rows)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        return stream.ToArray();
    }

    private static void Header(List<(string Type, byte[] Data)> chunks, Random random)
    {
        int at = chunks.FindIndex(chunk => chunk.Type == "IHDR" && chunk.Data.Length == 13);
        if (at < 0)
            return;
        byte[] header = [.. chunks[at].Data];
        switch (random.Next(5))
        {
            case 0:
                BinaryPrimitives.WriteInt32BigEndian(
                    header.AsSpan(4 * random.Next(2)), random.Next(random.Next(2) == 0 ? 300 : int.MaxValue));
                break;
            case 1: header[8] = (byte)(1 << random.Next(5)); break;
            case 2: header[9] = (byte)random.Next(8); break;
            case 3: header[12] ^= 1; break;
            default: header[random.Next(13)] = (byte)random.Next(256); break;
        }

        chunks[at] = ("IHDR", header);
    }

    // Changes filter types and samples; the checksums of the zlib stream and the chunk stay correct.
    private static void Rows(List<(string Type, byte[] Data)> chunks, Random random)
    {
        int at = chunks.FindIndex(chunk => chunk.Type == "IDAT");
        if (at < 0)
            return;
        byte[] data = Compressed(ByteMutations.Any(Inflated(chunks[at].Data), random));
        chunks[at] = ("IDAT", data);
        if (random.Next(3) == 0 && data.Length > 1)
        {
            int cut = random.Next(1, data.Length);
            chunks[at] = ("IDAT", data[..cut]);
            chunks.Insert(at + 1, ("IDAT", data[cut..]));
        }
    }

    // Changes a profile inside of its compressed data, which follows a name and the number of the method.
    private static byte[] Profile(byte[] body, Random random)
    {
        int start = Array.IndexOf(body, (byte)0) + 2;
        return start < 2 || start > body.Length ? body
            : [.. body[..start], .. Compressed(ByteMutations.Any(Inflated(body[start..]), random))];
    }

    private static byte[] Inflated(byte[] data)
    {
        byte[] bytes = new byte[1 << 14];
        int count = 0;
        try
        {
            using ZLibStream zlib = new(new MemoryStream(data), CompressionMode.Decompress);
            count = zlib.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // The data was damaged before; the bytes read so far are used. For data with a preset dictionary, inflating throws an
            // IOException.
        }

        return bytes[..count];
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        List<(string, byte[])> chunks = [];
        for (int at = SignatureBytes; at + ChunkOverhead <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - ChunkOverhead)
                break;
            chunks.Add((Encoding.Latin1.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += ChunkOverhead + length;
        }

        return chunks;
    }
}
