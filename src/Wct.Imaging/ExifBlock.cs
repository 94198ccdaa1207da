namespace Wct.Imaging;

/// <summary>An Exif block: a TIFF file without pixels (Exif 2.3, 4.6.4; TIFF 6.0, section 2).</summary>
internal static class ExifBlock
{
    /// <summary>Size in bytes of the largest block that a JPEG segment can hold.</summary>
    internal const int MaxBytes = ushort.MaxValue - 2 - 6;

    private const int OrientationTag = 0x0112, ExifTag = 0x8769, WidthTag = 0xA002, HeightTag = 0xA003;
    private const int ThumbnailTag = 0x0201, ThumbnailLengthTag = 0x0202, StripsTag = 0x0111, StripLengthsTag = 0x0117;

    /// <summary>Reads the orientation, 1 to 8; null if the block has none or is damaged.</summary>
    /// <param name="tiff">The block, starting with its byte order ("II" or "MM").</param>
    internal static int? Orientation(ReadOnlySpan<byte> tiff)
    {
        ExifDirectory directory = ExifDirectory.First(tiff);
        int entry = directory.Find(OrientationTag);
        double value = entry < 0 ? 0 : directory.FirstValue(entry);
        return value is >= 1 and <= 8 && value == Math.Floor(value) ? (int)value : null;
    }

    /// <summary>Makes a block for pixels to which the orientation was applied: sets the orientation to 1, and removes the thumbnail, which
    /// has the old orientation.</summary>
    /// <param name="tiff">The block, starting with its byte order ("II" or "MM").</param>
    /// <returns>A changed copy; null if the block is damaged.</returns>
    /// <remarks>Everything else keeps its offset, because maker notes contain offsets into the block.</remarks>
    internal static byte[]? Clean(ReadOnlySpan<byte> tiff)
    {
        byte[] clean = tiff.ToArray();
        ExifDirectory first = ExifDirectory.First(clean);
        if (first.Entries == 0)
            return null;
        int length = clean.Length;
        if (first.Next is > 0 and uint next)
        {
            length = RemoveThumbnail(clean, ExifDirectory.At(clean, next, first.IsLittle));
            clean.AsSpan(first.End, 4).Clear();
        }

        // If the block's offsets are wrong, removing the thumbnail may have cleared entries of the first directory.
        ExifDirectory left = ExifDirectory.First(clean.AsSpan(0, length));
        if (left.Entries != first.Entries)
            return null;
        int orientation = left.Find(OrientationTag);
        if (orientation >= 0)
            left.SetShort(clean, orientation, 1);
        return clean[..length];
    }

    /// <summary>Sets the picture's size in the block, if the block contains a size.</summary>
    /// <param name="tiff">The block; changed in place.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    internal static void SetSize(Span<byte> tiff, int width, int height)
    {
        ExifDirectory first = ExifDirectory.First(tiff);
        int entry = first.Find(ExifTag);
        if (entry < 0 || first.Number(entry) is not (> 0 and long offset))
            return;
        ExifDirectory exif = ExifDirectory.At(tiff, (uint)offset, first.IsLittle);
        (int widthEntry, int heightEntry) = (exif.Find(WidthTag), exif.Find(HeightTag));
        if (widthEntry >= 0)
            exif.SetNumber(tiff, widthEntry, width);
        if (heightEntry >= 0)
            exif.SetNumber(tiff, heightEntry, height);
    }

    // Clears the second directory and the data that it refers to. Returns the block's length without the cleared bytes at its end.
    private static int RemoveThumbnail(byte[] tiff, ExifDirectory second)
    {
        List<(long Start, long End)> cleared = [(second.Start, second.End + 4L)];
        for (int entry = second.FirstEntry; entry < second.End; entry += ExifDirectory.EntryLength)
        {
            long bytes = second.Bytes(entry);
            if (bytes > 4)
                cleared.Add((second.UInt32(entry + 8), second.UInt32(entry + 8) + bytes));
        }

        AddBlock(second, ThumbnailTag, ThumbnailLengthTag, cleared);
        AddBlock(second, StripsTag, StripLengthsTag, cleared);
        long length = tiff.Length;
        foreach ((long start, long end) in cleared.OrderByDescending(range => range.End))
        {
            if (start < ExifDirectory.HeaderLength || end > tiff.Length || start >= end)
                continue;
            tiff.AsSpan((int)start, (int)(end - start)).Clear();
            // Data usually starts at even offsets, so one byte of padding may follow.
            if (end >= length - 1)
                length = Math.Min(length, start);
        }

        return (int)length;
    }

    private static void AddBlock(ExifDirectory directory, int offsetTag, int lengthTag, List<(long Start, long End)> blocks)
    {
        (int offset, int length) = (directory.Find(offsetTag), directory.Find(lengthTag));
        if (offset >= 0 && length >= 0
            && directory.Number(offset) is >= 0 and long start && directory.Number(length) is >= 0 and long count)
            blocks.Add((start, start + count));
    }
}
