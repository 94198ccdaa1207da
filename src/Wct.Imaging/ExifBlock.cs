namespace Wct.Imaging;

/// <summary>An Exif block: a TIFF file without pixels (Exif 2.3, 4.6.4; TIFF 6.0, section 2).</summary>
internal static class ExifBlock
{
    /// <summary>Bytes of the largest block that a JPEG segment can hold.</summary>
    internal const int MostBytes = ushort.MaxValue - 2 - 6;

    private const int OrientationTag = 0x0112, ExifTag = 0x8769, WidthTag = 0xA002, HeightTag = 0xA003;
    private const int ThumbnailTag = 0x0201, ThumbnailLengthTag = 0x0202, StripsTag = 0x0111, StripLengthsTag = 0x0117;

    /// <summary>The orientation, 1 to 8; null where there is none or the block is damaged.</summary>
    /// <param name="tiff">The block from its byte order on.</param>
    internal static int? Orientation(ReadOnlySpan<byte> tiff)
    {
        ExifDirectory directory = ExifDirectory.First(tiff);
        int entry = directory.Find(OrientationTag);
        double value = entry < 0 ? 0 : directory.FirstValue(entry);
        return value is >= 1 and <= 8 && value == Math.Floor(value) ? (int)value : null;
    }

    /// <summary>The block for pixels that were turned already: orientation 1, and no thumbnail, which shows the picture as it
    /// was.</summary>
    /// <param name="tiff">The block from its byte order on.</param>
    /// <returns>A copy; null where the block is damaged.</returns>
    /// <remarks>Everything else stays where it is: makers' notes refer to places in the block.</remarks>
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

        // A block that lies about its places may have lost its own entries.
        ExifDirectory left = ExifDirectory.First(clean.AsSpan(0, length));
        if (left.Entries != first.Entries)
            return null;
        int orientation = left.Find(OrientationTag);
        if (orientation >= 0)
            left.SetShort(clean, orientation, 1);
        return clean[..length];
    }

    /// <summary>Brings the size that the block tells, if it does, in line with the picture that it is written for.</summary>
    /// <param name="tiff">Changed.</param>
    internal static void SetSize(Span<byte> tiff, int width, int height)
    {
        ExifDirectory first = ExifDirectory.First(tiff);
        int entry = first.Find(ExifTag);
        if (entry < 0 || first.Number(entry) is not (> 0 and long place))
            return;
        ExifDirectory exif = ExifDirectory.At(tiff, (uint)place, first.IsLittle);
        (int widthEntry, int heightEntry) = (exif.Find(WidthTag), exif.Find(HeightTag));
        if (widthEntry >= 0)
            exif.SetNumber(tiff, widthEntry, width);
        if (heightEntry >= 0)
            exif.SetNumber(tiff, heightEntry, height);
    }

    // Blanks the second directory and what it refers to. Returns where the block ends once what was blanked at its end is cut off.
    private static int RemoveThumbnail(byte[] tiff, ExifDirectory second)
    {
        List<(long Start, long End)> gone = [(second.Start, second.End + 4L)];
        for (int entry = second.FirstEntry; entry < second.End; entry += ExifDirectory.EntryLength)
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
            if (start < ExifDirectory.HeaderLength || end > tiff.Length || start >= end)
                continue;
            tiff.AsSpan((int)start, (int)(end - start)).Clear();
            // Even places are preferred: one byte may pad.
            if (end >= length - 1)
                length = Math.Min(length, start);
        }

        return (int)length;
    }

    private static void AddBlock(ExifDirectory directory, int placeTag, int lengthTag, List<(long Start, long End)> blocks)
    {
        (int place, int length) = (directory.Find(placeTag), directory.Find(lengthTag));
        if (place >= 0 && length >= 0 && directory.Number(place) is >= 0 and long start && directory.Number(length) is >= 0 and long count)
            blocks.Add((start, start + count));
    }
}
