using System.Buffers.Binary;

namespace Wct.Imaging;

/// <summary>An Exif block: a TIFF file without pixels (Exif 2.3, 4.6.4; TIFF 6.0, section 2).</summary>
internal static class ExifBlock
{
    /// <summary>Bytes of the largest block that a JPEG segment can hold.</summary>
    internal const int MostBytes = ushort.MaxValue - 2 - 6;

    private const int OrientationTag = 0x0112, ExifTag = 0x8769, WidthTag = 0xA002, HeightTag = 0xA003;
    private const int ThumbnailTag = 0x0201, ThumbnailLengthTag = 0x0202, StripsTag = 0x0111, StripLengthsTag = 0x0117;
    private const int ShortType = 3, LongType = 4;
    private const int HeaderLength = 8, EntryLength = 12;

    /// <summary>The orientation, 1 to 8; null where there is none or the block is damaged.</summary>
    /// <param name="tiff">The block from its byte order on.</param>
    internal static int? Orientation(ReadOnlySpan<byte> tiff)
    {
        Directory directory = Directory.First(tiff);
        int entry = directory.Find(OrientationTag);
        long value = entry < 0 ? 0 : directory.Number(entry);
        return value is >= 1 and <= 8 ? (int)value : null;
    }

    /// <summary>The block for pixels that were turned already: orientation 1, and no thumbnail, which shows the picture as it was.</summary>
    /// <param name="tiff">The block from its byte order on.</param>
    /// <returns>A copy; null where the block is damaged.</returns>
    /// <remarks>Everything else stays where it is: makers' notes refer to places in the block.</remarks>
    internal static byte[]? Clean(ReadOnlySpan<byte> tiff)
    {
        byte[] clean = tiff.ToArray();
        Directory first = Directory.First(clean);
        if (first.Entries == 0)
            return null;
        int length = clean.Length;
        if (first.Next is > 0 and uint next)
        {
            length = RemoveThumbnail(clean, Directory.At(clean, next, first.IsLittle));
            clean.AsSpan(first.End, 4).Clear();
        }

        // A block that lies about its places may have lost its own entries.
        Directory left = Directory.First(clean.AsSpan(0, length));
        if (left.Entries != first.Entries)
            return null;
        int orientation = left.Find(OrientationTag);
        if (orientation >= 0)
            left.SetNumber(clean, orientation, 1);
        return clean[..length];
    }

    /// <summary>Brings the size that the block tells, if it does, in line with the picture that it is written for.</summary>
    /// <param name="tiff">Changed.</param>
    internal static void SetSize(Span<byte> tiff, int width, int height)
    {
        Directory first = Directory.First(tiff);
        int entry = first.Find(ExifTag);
        if (entry < 0 || first.Number(entry) is not (> 0 and long place))
            return;
        Directory exif = Directory.At(tiff, (uint)place, first.IsLittle);
        (int widthEntry, int heightEntry) = (exif.Find(WidthTag), exif.Find(HeightTag));
        if (widthEntry >= 0)
            exif.SetNumber(tiff, widthEntry, width);
        if (heightEntry >= 0)
            exif.SetNumber(tiff, heightEntry, height);
    }

    // Blanks the second directory and what it refers to. Returns where the block ends once what was blanked at its end is cut off.
    private static int RemoveThumbnail(byte[] tiff, Directory second)
    {
        List<(long Start, long End)> gone = [(second.Start, second.End + 4L)];
        for (int entry = second.FirstEntry; entry < second.End; entry += EntryLength)
        {
            long bytes = second.Bytes(entry);
            if (bytes > 4)
                gone.Add((second.UInt32(entry + 8), second.UInt32(entry + 8) + bytes));
        }

        AddBlock(second, ThumbnailTag, ThumbnailLengthTag, gone);
        AddBlock(second, StripsTag, StripLengthsTag, gone);
        long length = tiff.Length;
        foreach ((long start, long end) in gone.OrderByDescending(range => range.End))
        {
            if (start < HeaderLength || end > tiff.Length || start >= end)
                continue;
            tiff.AsSpan((int)start, (int)(end - start)).Clear();
            // Even places are preferred: one byte may pad.
            if (end >= length - 1)
                length = Math.Min(length, start);
        }

        return (int)length;
    }

    private static void AddBlock(Directory directory, int placeTag, int lengthTag, List<(long Start, long End)> blocks)
    {
        (int place, int length) = (directory.Find(placeTag), directory.Find(lengthTag));
        if (place >= 0 && length >= 0 && directory.Number(place) is >= 0 and long start && directory.Number(length) is >= 0 and long count)
            blocks.Add((start, start + count));
    }

    /// <summary>One directory of the block: entries of 12 bytes, then the place of the next directory.</summary>
    private readonly ref struct Directory
    {
        private readonly ReadOnlySpan<byte> _tiff;

        private Directory(ReadOnlySpan<byte> tiff, int start, int entries, bool little)
        {
            _tiff = tiff;
            (Start, Entries, IsLittle) = (start, entries, little);
        }

        internal int Start { get; }

        /// <summary>Entries that are there; 0 for a directory that isn't.</summary>
        internal int Entries { get; }

        internal bool IsLittle { get; }

        internal int FirstEntry => Start + 2;

        internal int End => FirstEntry + (Entries * EntryLength);

        /// <summary>Where the next directory is; 0 without one.</summary>
        internal uint Next => Entries > 0 && End <= _tiff.Length - 4 ? UInt32(End) : 0;

        internal static Directory First(ReadOnlySpan<byte> tiff)
        {
            if (tiff.Length < HeaderLength || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
                return default;
            bool little = tiff[0] == 'I';
            uint start = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
            return At(tiff, start, little);
        }

        internal static Directory At(ReadOnlySpan<byte> tiff, uint start, bool little)
        {
            if (start < HeaderLength || start > tiff.Length - 2)
                return default;
            int entries = new Directory(tiff, 0, 0, little).UInt16((int)start);
            return new(tiff, (int)start, Math.Min(entries, (tiff.Length - (int)start - 2) / EntryLength), little);
        }

        /// <summary>Where a tag's entry is, or -1.</summary>
        internal int Find(int tag)
        {
            for (int entry = FirstEntry; entry < End; entry += EntryLength)
            {
                if (UInt16(entry) == tag)
                    return entry;
            }

            return -1;
        }

        /// <summary>The one whole number of an entry, or -1.</summary>
        internal long Number(int entry) => (UInt16(entry + 2), UInt32(entry + 4)) switch
        {
            (ShortType, 1) => UInt16(entry + 8),
            (LongType, 1) => UInt32(entry + 8),
            _ => -1,
        };

        /// <summary>Replaces the number of an entry that has one; a short one only if it fits.</summary>
        internal void SetNumber(Span<byte> tiff, int entry, int number)
        {
            if (Number(entry) < 0)
                return;
            if (UInt16(entry + 2) == LongType)
                BinaryPrimitives.WriteInt32LittleEndian(tiff[(entry + 8)..], IsLittle ? number : BinaryPrimitives.ReverseEndianness(number));
            else if (number <= ushort.MaxValue)
                BinaryPrimitives.WriteUInt16LittleEndian(tiff[(entry + 8)..], IsLittle ? (ushort)number : BinaryPrimitives.ReverseEndianness((ushort)number));
        }

        /// <summary>Bytes of an entry's values.</summary>
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
}
