using System.Buffers.Binary;

namespace Wct.Imaging.Magick;

/// <summary>Reads the boxes of ISO base media files (ISO/IEC 14496-12 and 23008-12). Damaged boxes count as missing.</summary>
internal static class IsoBoxes
{
    private const int HeadLength = 8, VersionLength = 4;

    /// <summary>The body of the first box with a type; empty if there is none.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> boxes, ReadOnlySpan<byte> type)
    {
        while (Next(boxes) is var end and > 0)
        {
            if (boxes[4..].StartsWith(type))
                return boxes[HeadLength..end];
            boxes = boxes[end..];
        }

        return [];
    }

    /// <summary>The body of the box with a number, counted from 1; empty if it is of another type.</summary>
    internal static ReadOnlySpan<byte> At(ReadOnlySpan<byte> boxes, int number, ReadOnlySpan<byte> type)
    {
        for (int i = 1; Next(boxes) is var end and > 0; i++, boxes = boxes[end..])
        {
            if (i == number)
                return boxes[4..].StartsWith(type) ? boxes[HeadLength..end] : [];
        }

        return [];
    }

    /// <summary>A body without the version and flags that it starts with.</summary>
    internal static ReadOnlySpan<byte> FullBody(ReadOnlySpan<byte> body) => body.Length < VersionLength ? [] : body[VersionLength..];

    /// <summary>The number of the primary picture, from the body of the box pitm; 0 if there is none.</summary>
    internal static uint PrimaryItem(ReadOnlySpan<byte> body) =>
        body.Length < VersionLength + 2 ? 0 : body[0] == 0 ? BinaryPrimitives.ReadUInt16BigEndian(body[VersionLength..])
        : body.Length < VersionLength + 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(body[VersionLength..]);

    /// <summary>The numbers of an item's properties, from the body of the box ipma.</summary>
    internal static int[] Associations(ReadOnlySpan<byte> body, uint item)
    {
        if (body.Length < VersionLength + 4)
            return [];
        int idLength = body[0] == 0 ? 2 : 4, indexLength = (body[3] & 1) == 0 ? 1 : 2;
        ReadOnlySpan<byte> entries = body[(VersionLength + 4)..];
        while (entries.Length > idLength)
        {
            uint id = idLength == 2 ? BinaryPrimitives.ReadUInt16BigEndian(entries) : BinaryPrimitives.ReadUInt32BigEndian(entries);
            int count = entries[idLength], length = count * indexLength;
            entries = entries[(idLength + 1)..];
            if (entries.Length < length)
                return [];
            if (id == item)
                return Indices(entries[..length], indexLength);
            entries = entries[length..];
        }

        return [];
    }

    // The highest bit of an index tells whether the property is essential.
    private static int[] Indices(ReadOnlySpan<byte> bytes, int length)
    {
        int[] indices = new int[bytes.Length / length];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = length == 1 ? bytes[i] & 0x7F : BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]) & 0x7FFF;
        return indices;
    }

    // Length of the first box; 0 if it is damaged. Lengths of 64 bits only occur for pixels.
    private static int Next(ReadOnlySpan<byte> boxes)
    {
        if (boxes.Length < HeadLength)
            return 0;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(boxes);
        return length == 0 ? boxes.Length : length < HeadLength || length > boxes.Length ? 0 : (int)length;
    }
}
