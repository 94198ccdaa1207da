using System.Buffers.Binary;

namespace Wct.Imaging;

/// <summary>One directory of an Exif block: entries of 12 bytes, then the offset of the next directory.</summary>
internal readonly ref struct ExifDirectory
{
    /// <summary>Bytes of the TIFF header, and of one directory entry.</summary>
    internal const int HeaderLength = 8, EntryLength = 12;

    private const int ShortType = 3, LongType = 4, RationalType = 5, SignedByteType = 6, SignedShortType = 8, SignedLongType = 9;
    private const int SignedRationalType = 10, FloatType = 11, DoubleType = 12, DirectoryType = 13;

    private readonly ReadOnlySpan<byte> _tiff;

    private ExifDirectory(ReadOnlySpan<byte> tiff, int start, int entries, bool little)
    {
        _tiff = tiff;
        (Start, Entries, IsLittle) = (start, entries, little);
    }

    internal int Start { get; }

    /// <summary>Number of entries that fit into the block; 0 if there is no directory.</summary>
    internal int Entries { get; }

    internal bool IsLittle { get; }

    internal int FirstEntry => Start + 2;

    internal int End => FirstEntry + (Entries * EntryLength);

    /// <summary>Offset of the next directory; 0 if there is none.</summary>
    internal uint Next => Entries > 0 && End <= _tiff.Length - 4 ? UInt32(End) : 0;

    internal static ExifDirectory First(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < HeaderLength || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return default;
        bool little = tiff[0] == 'I';
        uint start = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        return At(tiff, start, little);
    }

    internal static ExifDirectory At(ReadOnlySpan<byte> tiff, uint start, bool little)
    {
        if (start < HeaderLength || start > tiff.Length - 2)
            return default;
        int entries = new ExifDirectory(tiff, 0, 0, little).UInt16((int)start);
        return new(tiff, (int)start, Math.Min(entries, (tiff.Length - (int)start - 2) / EntryLength), little);
    }

    /// <summary>Offset of a tag's entry; -1 if there is none.</summary>
    internal int Find(int tag)
    {
        for (int entry = FirstEntry; entry < End; entry += EntryLength)
        {
            if (UInt16(entry) == tag)
                return entry;
        }

        return -1;
    }

    /// <summary>The value of an entry with one SHORT or one LONG; -1 for other entries.</summary>
    internal long Number(int entry) => (UInt16(entry + 2), UInt32(entry + 4)) switch
    {
        (ShortType, 1) => UInt16(entry + 8),
        (LongType, 1) => UInt32(entry + 8),
        _ => -1,
    };

    /// <summary>The first value of an entry; NaN if it has no numeric value inside the block.</summary>
    /// <remarks>BYTE doesn't count as numeric, because Pillow reads it as text.</remarks>
    internal double FirstValue(int entry)
    {
        // Values of more than 4 bytes are stored outside the entry, at an offset.
        long length = Bytes(entry), offset = length > 4 ? UInt32(entry + 8) : entry + 8;
        if (length == 0 || offset > _tiff.Length - length)
            return double.NaN;
        int at = (int)offset;
        return UInt16(entry + 2) switch
        {
            ShortType => UInt16(at),
            LongType or DirectoryType => UInt32(at),
            SignedByteType => (sbyte)_tiff[at],
            SignedShortType => (short)UInt16(at),
            SignedLongType => (int)UInt32(at),
            RationalType => (double)UInt32(at) / UInt32(at + 4),
            SignedRationalType => (double)(int)UInt32(at) / (int)UInt32(at + 4),
            FloatType => BitConverter.UInt32BitsToSingle(UInt32(at)),
            DoubleType when IsLittle => BinaryPrimitives.ReadDoubleLittleEndian(_tiff[at..]),
            DoubleType => BinaryPrimitives.ReadDoubleBigEndian(_tiff[at..]),
            _ => double.NaN,
        };
    }

    /// <summary>Replaces an entry's type and value by one SHORT.</summary>
    internal void SetShort(Span<byte> tiff, int entry, byte number)
    {
        ReadOnlySpan<byte> little = [ShortType, 0, 1, 0, 0, 0, number, 0], big = [0, ShortType, 0, 0, 0, 1, 0, number];
        (IsLittle ? little : big).CopyTo(tiff[(entry + 2)..]);
    }

    /// <summary>Replaces the value of an entry with one SHORT or one LONG. A SHORT stays unchanged if the number doesn't fit.</summary>
    internal void SetNumber(Span<byte> tiff, int entry, int number)
    {
        if (Number(entry) < 0)
            return;
        if (UInt16(entry + 2) == LongType)
            BinaryPrimitives.WriteInt32LittleEndian(tiff[(entry + 8)..], IsLittle ? number : BinaryPrimitives.ReverseEndianness(number));
        else if (number <= ushort.MaxValue)
            BinaryPrimitives.WriteUInt16LittleEndian(tiff[(entry + 8)..], IsLittle ? (ushort)number
                : BinaryPrimitives.ReverseEndianness((ushort)number));
    }

    /// <summary>Size of an entry's values in bytes; 0 if the type is unknown.</summary>
    internal long Bytes(int entry)
    {
        int size = UInt16(entry + 2) switch { 1 or 2 or 6 or 7 => 1, 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 => 8, _ => 0 };
        return size * (long)UInt32(entry + 4);
    }

    internal uint UInt32(int at) => IsLittle
        ? BinaryPrimitives.ReadUInt32LittleEndian(_tiff[at..])
        : BinaryPrimitives.ReadUInt32BigEndian(_tiff[at..]);

    private int UInt16(int at) => IsLittle
        ? BinaryPrimitives.ReadUInt16LittleEndian(_tiff[at..])
        : BinaryPrimitives.ReadUInt16BigEndian(_tiff[at..]);
}
