using System.Buffers.Binary;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Finds the orientation in an Exif segment: a TIFF file without pixels (Exif 2.3, 4.6.4; TIFF 6.0, section 2).</summary>
internal static class ExifOrientation
{
    private const int OrientationTag = 0x0112;
    private const int EntryLength = 12;
    private const int ShortType = 3;

    /// <summary>The orientation, 1 to 8; null where there is none or the segment is damaged.</summary>
    /// <param name="tiff">The segment after "Exif", 0, 0.</param>
    internal static int? Find(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return null;
        bool little = tiff[0] == 'I';
        uint directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return null;
        int entries = UInt16(tiff[(int)directory..], little);
        ReadOnlySpan<byte> rest = tiff[((int)directory + 2)..];
        for (; entries > 0 && rest.Length >= EntryLength; entries--, rest = rest[EntryLength..])
        {
            if (UInt16(rest, little) != OrientationTag)
                continue;
            int value = UInt16(rest[8..], little);
            return UInt16(rest[2..], little) == ShortType && value is >= 1 and <= 8 ? value : null;
        }

        return null;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
