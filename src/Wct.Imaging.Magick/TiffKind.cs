using System.Buffers.Binary;

namespace Wct.Imaging.Magick;

/// <summary>Tells raw files of cameras from TIFF files: both have the same first bytes.</summary>
internal static class TiffKind
{
    private const int SubfileType = 254, Compression = 259, Photometric = 262, Make = 271, SubDirectories = 330, DngVersion = 50706;
    private const int FilterArray = 32803, LinearRaw = 34892, EntryLength = 12;

    /// <summary>Whether the first directory is that of a raw file: it has sensor data, or a DNG version, or a camera's small picture beside
    /// other directories.</summary>
    internal static bool IsRaw(ReadOnlySpan<byte> file)
    {
        bool little = file.StartsWith("II*\0"u8);
        if ((!little && !file.StartsWith("MM\0*"u8)) || file.Length < 8)
            return false;
        uint start = UInt32(file, 4, little);
        if (start > file.Length - 2)
            return false;
        int at = (int)start + 2, entries = Math.Min(UInt16(file, (int)start, little), (file.Length - at) / EntryLength);
        bool small = false, camera = false, others = false;
        for (int i = 0; i < entries; i++, at += EntryLength)
        {
            int tag = UInt16(file, at, little), value = UInt16(file, at + 8, little);
            if (tag == DngVersion || (tag == Photometric && value is FilterArray or LinearRaw)
                || (tag == Compression && value is 32767 or 32769 or 32770 or 34713 or 65000 or 65535))
                return true;
            small |= tag == SubfileType && UInt32(file, at + 8, little) == 1;
            camera |= tag == Make;
            others |= tag == SubDirectories;
        }

        return small && camera && others;
    }

    private static int UInt16(ReadOnlySpan<byte> file, int at, bool little) => little
        ? BinaryPrimitives.ReadUInt16LittleEndian(file[at..]) : BinaryPrimitives.ReadUInt16BigEndian(file[at..]);

    private static uint UInt32(ReadOnlySpan<byte> file, int at, bool little) => little
        ? BinaryPrimitives.ReadUInt32LittleEndian(file[at..]) : BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
}
