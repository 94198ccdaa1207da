using System.Buffers.Binary;
using System.Text;

namespace Wct.Net.Weights;

/// <summary>A file in a zip archive.</summary>
/// <param name="Start">The position of its first byte; 0 if it can't be read.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Stored">Whether the file is stored without compression or encryption. Other files can't be read.</param>
internal readonly record struct ZipEntry(long Start, long Length, bool Stored);

/// <summary>Reads the directory of a zip archive, including Zip64. It lists compressed and encrypted files too, but <c>torch.save</c>
/// writes neither.</summary>
/// <remarks>See PKWARE's APPNOTE 6.3, sections 4.3.7 to 4.3.16. Checksums are not verified.</remarks>
internal static class ZipDirectory
{
    private const uint LocalHeader = 0x04034B50, CentralHeader = 0x02014B50, End64Locator = 0x07064B50, End64 = 0x06064B50;
    private const int EndBytes = 22, LocatorBytes = 20, MostEntries = 1 << 16;

    /// <summary>The files by name. Of several files with the same name, the last one counts.</summary>
    /// <exception cref="WeightsFormatException">The archive is damaged.</exception>
    internal static Dictionary<string, ZipEntry> Read(ByteSource source)
    {
        (long at, long length, long count) = FindDirectory(source);
        if (count is < 0 or > MostEntries)
            throw source.Fail($"the zip directory has {count} entries; the limit is {MostEntries}");
        if (at < 0 || length < 0 || at > source.Length - length)
            throw source.Fail($"the zip directory of {length} bytes at {at} leaves the file of {source.Length} bytes");
        ByteCursor cursor = new(source, at, at + length);
        Dictionary<string, ZipEntry> entries = [];
        for (long i = 0; i < count; i++)
            ReadEntry(source, cursor, entries);
        return entries;
    }

    /// <summary>Returns a file if it can be read.</summary>
    /// <exception cref="WeightsFormatException">The file is compressed or encrypted.</exception>
    internal static ZipEntry Readable(ByteSource source, string name, ZipEntry entry) => entry.Stored ? entry : throw source.Fail(
        $"'{name}' in the zip archive is compressed or encrypted; PyTorch stores files as they are");

    private static (long At, long Length, long Count) FindDirectory(ByteSource source)
    {
        // A comment of up to 65,535 bytes can follow the end record.
        byte[] tail = new byte[Math.Min(source.Length, EndBytes + ushort.MaxValue)];
        source.Read(source.Length - tail.Length, tail);
        int end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndBytes)
            throw source.Fail("truncated: the zip archive has no end record");
        ReadOnlySpan<byte> record = tail.AsSpan(end);
        if (end >= LocatorBytes && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end - LocatorBytes)) == End64Locator)
            return FindDirectory64(source, BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorBytes + 8)));
        return (BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[10..]));
    }

    private static (long At, long Length, long Count) FindDirectory64(ByteSource source, long at)
    {
        Span<byte> record = stackalloc byte[56];
        source.Read(at, record);
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != End64)
            throw source.Fail($"the zip64 end record is not at {at}");
        return (BinaryPrimitives.ReadInt64LittleEndian(record[48..]), BinaryPrimitives.ReadInt64LittleEndian(record[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[32..]));
    }

    private static void ReadEntry(ByteSource source, ByteCursor cursor, Dictionary<string, ZipEntry> entries)
    {
        ReadOnlySpan<byte> header = cursor.Take(46);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != CentralHeader)
            throw cursor.Fail("no zip directory entry");
        ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]), method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]), length = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        int extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
        int commentBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        long at = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        string name = Encoding.UTF8.GetString(cursor.Take(nameBytes));
        Widen(cursor.Take(extraBytes), ref length, ref packed, ref at);
        cursor.Skip(commentBytes);
        bool stored = method == 0 && (flags & 1) == 0 && packed == length;
        entries[name] = new ZipEntry(stored ? DataStart(source, name, at, length) : 0, length, stored);
    }

    // Values that don't fit into 32 bits are in the extra field of kind 1, in this order. Each is present only if the 32-bit field is all
    // ones.
    private static void Widen(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long at)
    {
        while (extra.Length >= 4)
        {
            int kind = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int bytes = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            ReadOnlySpan<byte> wide = kind == 1 ? extra.Slice(4, bytes) : [];
            length = WidenField(ref wide, length);
            packed = WidenField(ref wide, packed);
            at = WidenField(ref wide, at);
            extra = extra[(4 + bytes)..];
        }
    }

    private static long WidenField(ref ReadOnlySpan<byte> wide, long field)
    {
        if (field != uint.MaxValue || wide.Length < 8)
            return field;
        long value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[8..];
        return value;
    }

    private static long DataStart(ByteSource source, string name, long at, long length)
    {
        Span<byte> header = stackalloc byte[30];
        source.Read(at, header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalHeader)
            throw source.Fail($"'{name}' in the zip archive has no header at {at}");
        int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]), extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(
            header[28..]);
        long start = at + header.Length + nameBytes + extraBytes;
        if (length < 0 || start > source.Length - length)
            throw source.Fail($"truncated: '{name}' in the zip archive ends at {(Int128)start + length}, the file at {source.Length}");
        return start;
    }
}
