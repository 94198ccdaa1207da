using System.Buffers.Binary;

namespace Wct.Imaging.Bmp;

/// <summary>The headers of a Windows or OS/2 bitmap (BITMAPFILEHEADER, then BITMAPCOREHEADER, BITMAPINFOHEADER, V4 or V5).</summary>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="IsBottomUp">Whether the bottom row is stored first.</param>
/// <param name="Bits">Bits per pixel: 1, 4, 8, 16, 24 or 32.</param>
/// <param name="HasRuns">Whether the pixels of 4 or 8 bits are compressed as runs.</param>
/// <param name="Offset">Offset of the first row in the file.</param>
/// <param name="PaletteAt">Offset of the palette.</param>
/// <param name="PaletteEntry">Bytes of a palette entry: 3 or 4.</param>
/// <param name="Masks">Bits of red, green, blue and alpha in pixels of 16 and 32 bits.</param>
/// <param name="MayHaveAlpha">Whether the fourth byte of pixels of 32 bits is alpha if it is ever above 0.</param>
internal readonly record struct BmpHeader(
    int Width, int Height, bool IsBottomUp, int Bits, bool HasRuns, long Offset, int PaletteAt, int PaletteEntry,
    (uint R, uint G, uint B, uint A) Masks, bool MayHaveAlpha)
{
    /// <summary>Most bytes that the headers take.</summary>
    internal const int MaxLength = FileHeader + 124 + 16;

    private const int FileHeader = 14, CoreHeader = 12, InfoHeader = 40, MasksEnd = 52, AlphaEnd = 56;
    private const int Uncompressed = 0, Runs8 = 1, Runs4 = 2, BitFields = 3, AlphaBitFields = 6;

    /// <summary>Bytes of a row in the file.</summary>
    internal long Stride => (((long)Width * Bits) + 31) / 32 * 4;

    /// <summary>Whether a file with these first bytes is a bitmap.</summary>
    internal static bool IsBitmap(ReadOnlySpan<byte> head) => head.Length >= FileHeader + 4 && head[0] == 'B' && head[1] == 'M'
        && Int32(head, FileHeader) is CoreHeader or InfoHeader or 16 or 52 or 56 or 64 or 108 or 124
        && BinaryPrimitives.ReadUInt32LittleEndian(head[10..]) <= int.MaxValue;

    /// <summary>What a bitmap has that isn't read, such as a JPEG inside; null if nothing.</summary>
    internal static string? Unsupported(ReadOnlySpan<byte> head)
    {
        int size = Int32(head, FileHeader);
        if (head.Length < FileHeader + size || size == CoreHeader)
            return null;
        if (size is 16 or 64)
            return "an OS/2 2 header";
        int compression = Int32(head, FileHeader + 16), bits = UInt16(head, FileHeader + 14);
        if (compression is not (Uncompressed or Runs8 or Runs4 or BitFields or AlphaBitFields))
            return $"compression {compression}";
        if (bits is not (16 or 32) || compression is Runs8 or Runs4 || head.Length < FileHeader + size + MaskBytes(size, compression))
            return null;
        (uint R, uint G, uint B, uint A) masks = ReadMasks(head, size, compression, bits);
        return AreUsable(masks, bits) ? null : $"the bit masks {masks.R:X8} {masks.G:X8} {masks.B:X8} {masks.A:X8}";
    }

    /// <summary>Parses the headers.</summary>
    /// <param name="head">The file's first bytes: <see cref="MaxLength"/>, or all of a shorter file.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="ImageFormatException">A value is outside the format, or isn't supported.</exception>
    internal static BmpHeader Parse(ReadOnlySpan<byte> head, string source)
    {
        int size = head.Length >= FileHeader + 4 ? Int32(head, FileHeader) : InfoHeader;
        if (head.Length < FileHeader + size)
            throw new ImageFormatException(source, $"truncated: the header has {FileHeader + size} bytes, {head.Length} are there");
        if (!IsBitmap(head))
            throw new ImageFormatException(source, "not a BMP file");
        if (Unsupported(head) is { } kind)
            throw new ImageFormatException(source, $"a BMP file with {kind} can't be read");
        bool core = size == CoreHeader;
        int width = core ? UInt16(head, 18) : Int32(head, 18), height = core ? UInt16(head, 20) : Int32(head, 22);
        int bits = UInt16(head, core ? 24 : 28), compression = core ? 0 : Int32(head, 30);
        if (height == int.MinValue || width < 1 || height == 0)
            throw new ImageFormatException(source, $"{width}x{height} pixels; both sides must be at least 1");
        bool fields = compression is BitFields or AlphaBitFields;
        bool runs = compression is Runs8 or Runs4;
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32) || (fields && bits is not (16 or 32)) || (core && bits is 16 or 32)
            || (runs && bits != (compression == Runs8 ? 8 : 4)))
            throw new ImageFormatException(source, $"damaged: {bits} bits per pixel with compression {compression}");

        int extra = MaskBytes(size, compression);
        if (head.Length < FileHeader + size + extra)
            throw new ImageFormatException(source, "truncated: the file ends before the bit masks");
        (uint R, uint G, uint B, uint A) masks = bits is 16 or 32 ? ReadMasks(head, size, compression, bits) : default;
        int paletteAt = FileHeader + size + extra;
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(head[10..]);
        if (offset < paletteAt)
            throw new ImageFormatException(source, $"damaged: the pixels start at byte {offset}, inside the header of {paletteAt} bytes");
        return new(width, Math.Abs(height), height > 0, bits, runs, offset, paletteAt, core ? 3 : 4, masks,
            bits == 32 && compression == Uncompressed && size == InfoHeader);
    }

    // Bytes of the masks after the header. Longer headers contain them.
    private static int MaskBytes(int size, int compression) =>
        size != InfoHeader ? 0 : compression switch { BitFields => 12, AlphaBitFields => 16, _ => 0 };

    private static (uint R, uint G, uint B, uint A) ReadMasks(ReadOnlySpan<byte> head, int size, int compression, int bits)
    {
        if (compression == Uncompressed)
            return bits == 16 ? (31u << 10, 31u << 5, 31u, 0u) : (0xFF0000u, 0xFF00u, 0xFFu, 0u);
        int at = FileHeader + InfoHeader;
        bool alpha = size >= AlphaEnd || (size < MasksEnd && compression == AlphaBitFields);
        return (UInt32(head, at), UInt32(head, at + 4), UInt32(head, at + 8), alpha ? UInt32(head, at + 12) : 0);
    }

    // Only alpha may have no bits.
    private static bool AreUsable((uint R, uint G, uint B, uint A) masks, int bits) =>
        masks is { R: > 0, G: > 0, B: > 0 } && BmpMask.IsRun(masks.R) && BmpMask.IsRun(masks.G) && BmpMask.IsRun(masks.B)
        && BmpMask.IsRun(masks.A) && (bits == 32 || (masks.R | masks.G | masks.B | masks.A) <= ushort.MaxValue);

    private static int UInt16(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadUInt16LittleEndian(head[at..]);

    private static int Int32(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadInt32LittleEndian(head[at..]);

    private static uint UInt32(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadUInt32LittleEndian(head[at..]);
}
