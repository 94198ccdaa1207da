using System.Buffers.Binary;

namespace Wct.Testing;

/// <summary>Builds Exif blocks like those of cameras: a maker's name, an orientation, a size in a separate directory, optionally a
/// thumbnail.</summary>
public static class TestExif
{
    private const int MainDirectory = 8, ExifDirectory = 50, ThumbnailDirectory = 90;

    /// <summary>A block with all of these parts.</summary>
    /// <param name="orientation">The value of the orientation.</param>
    /// <param name="littleEndian">The byte order.</param>
    /// <param name="thumbnail">Whether to add a second directory with a thumbnail.</param>
    /// <param name="type">How the orientation is stored: 3 SHORT, 4 LONG.</param>
    public static byte[] Make(int orientation, bool littleEndian, bool thumbnail, int type = 3)
    {
        byte[] tiff = new byte[thumbnail ? 150 : ThumbnailDirectory];
        (littleEndian ? "II*\0"u8 : "MM\0*"u8).CopyTo(tiff);
        Put4(4, MainDirectory);
        Put2(MainDirectory, 3);
        Entry(10, 0x010F, 2, 6, 82);
        Entry(22, 0x0112, type, 1, orientation);
        Entry(34, 0x8769, 4, 1, ExifDirectory);
        Put4(46, thumbnail ? ThumbnailDirectory : 0);
        Put2(ExifDirectory, 2);
        Entry(52, 0xA002, 4, 1, 9);
        Entry(64, 0xA003, 3, 1, 6);
        "Maker\0"u8.CopyTo(tiff.AsSpan(82));
        if (!thumbnail)
            return tiff;
        Put2(ThumbnailDirectory, 2);
        Entry(92, 0x0201, 4, 1, 120);
        Entry(104, 0x0202, 4, 1, 30);
        "THUMBNAIL"u8.CopyTo(tiff.AsSpan(125));
        return tiff;

        void Entry(int at, int tag, int kind, int count, int value)
        {
            Put2(at, tag);
            Put2(at + 2, kind);
            Put4(at + 4, count);
            if (kind == 3)
                Put2(at + 8, value);
            else
                Put4(at + 8, value);
        }

        void Put2(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(
            tiff.AsSpan(at), littleEndian ? (ushort)value : BinaryPrimitives.ReverseEndianness((ushort)value));
        void Put4(int at, int value) =>
            BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(at), littleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
    }

    /// <summary>A block with one entry: the orientation as a number of some type. Numbers longer than 4 bytes follow the
    /// directory.</summary>
    /// <param name="type">The type, see TIFF 6.0, section 2.</param>
    /// <param name="count">The number of values that the entry announces.</param>
    /// <param name="value">The first value.</param>
    /// <param name="littleEndian">The byte order.</param>
    public static byte[] Numeric(int type, int count, int value, bool littleEndian)
    {
        byte[] number = type switch
        {
            3 or 8 => Ordered(BitConverter.GetBytes((short)value)),
            4 or 9 or 13 => Ordered(BitConverter.GetBytes(value)),
            5 or 10 => [.. Ordered(BitConverter.GetBytes(2 * value)), .. Ordered(BitConverter.GetBytes(2))],
            11 => Ordered(BitConverter.GetBytes((float)value)),
            12 => Ordered(BitConverter.GetBytes((double)value)),
            _ => [(byte)value],
        };
        byte[] stored = number.Length > 4 ? Ordered(BitConverter.GetBytes(26)) : [.. number, .. new byte[4 - number.Length]];
        return
        [
            .. littleEndian ? "II*\0"u8 : "MM\0*"u8, .. Ordered(BitConverter.GetBytes(8)), .. Ordered([1, 0]),
            .. Ordered([0x12, 1]), .. Ordered([(byte)type, 0]), .. Ordered(BitConverter.GetBytes(count)), .. stored, .. new byte[4],
            .. number,
        ];

        byte[] Ordered(byte[] bytes) => littleEndian == BitConverter.IsLittleEndian ? bytes : [.. bytes.Reverse()];
    }

    /// <summary>The picture size in a little-endian block.</summary>
    public static (int Width, int Height) Size(ReadOnlySpan<byte> tiff) =>
        (BinaryPrimitives.ReadInt32LittleEndian(tiff[60..]), BinaryPrimitives.ReadUInt16LittleEndian(tiff[72..]));
}
