using System.Buffers.Binary;

namespace Wct.Imaging.Tga;

/// <summary>The header of a Truevision TGA file (TGA File Format Specification 2.0).</summary>
/// <param name="IdLength">Bytes of text between the header and the palette.</param>
/// <param name="Type">1 palette, 2 colors, 3 gray.</param>
/// <param name="HasRuns">Whether the pixels are compressed as runs.</param>
/// <param name="PaletteStart">Index of the first palette entry in the file.</param>
/// <param name="PaletteLength">Palette entries in the file. Pictures without indices may have a palette too.</param>
/// <param name="PaletteBits">Bits of a palette entry: 15, 16, 24 or 32; 0 without a palette.</param>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Bits">Bits of a pixel: 8, 15, 16, 24 or 32.</param>
/// <param name="Descriptor">Bits of alpha in pixels of 16 bits, and the corner of the first pixel.</param>
internal sealed record TgaHeader(
    int IdLength, int Type, bool HasRuns, int PaletteStart, int PaletteLength, int PaletteBits, int Width, int Height, int Bits,
    int Descriptor)
{
    /// <summary>Bytes of the header.</summary>
    internal const int Length = 18;

    /// <summary>What the bits of alpha mean. The end of the file may tell.</summary>
    internal TgaAlpha Alpha { get; init; } = TgaAlpha.Straight;

    /// <summary>Bytes of a pixel.</summary>
    internal int BytesPerPixel => (Bits + 7) / 8;

    /// <summary>Bytes of a palette entry.</summary>
    internal int PaletteEntry => (PaletteBits + 7) / 8;

    /// <summary>Bits of a color: those of a palette entry, or of a pixel.</summary>
    internal int ColorBits => Type == 1 ? PaletteBits : Bits;

    /// <summary>Whether pixels have alpha: a fourth byte, gray with a second byte, or the highest bit of 16 if the header says
    /// so.</summary>
    internal bool HasAlpha => Alpha != TgaAlpha.None
        && (Type == 3 ? Bits == 16 : ColorBits == 32 || (Type == 2 && Bits == 16 && (Descriptor & 15) == 1));

    /// <summary>Layout of the decoded pixels.</summary>
    internal PixelLayout Layout => HasAlpha ? PixelLayout.Rgba32 : Type == 3 ? PixelLayout.Gray8 : PixelLayout.Rgb24;

    /// <summary>The orientation as in Exif, from the corner of the first pixel.</summary>
    internal int Orientation => (Descriptor & 0x30) switch { 0x20 => 1, 0x30 => 2, 0x10 => 3, _ => 4 };

    /// <summary>Bytes of the palette.</summary>
    internal int PaletteBytes => PaletteLength * PaletteEntry;

    /// <summary>Whether pixels have four bytes, and the header doesn't say that the fourth is alpha.</summary>
    internal bool MayHaveAlpha => Type == 2 && Bits == 32 && (Descriptor & 15) == 0;

    /// <summary>Fewest bytes that pixels can take. A run of up to 128 pixels takes a byte and one pixel.</summary>
    internal long LeastBytes
    {
        get
        {
            long pixels = (long)Width * Height;
            return HasRuns ? (pixels + 127) / 128 * (1 + BytesPerPixel) : pixels * BytesPerPixel;
        }
    }

    /// <summary>Parses a header. The format has no signature, so every field must have one of the values that programs write.</summary>
    /// <param name="head">The file's first bytes.</param>
    /// <returns>null if this is no TGA file.</returns>
    internal static TgaHeader? Parse(ReadOnlySpan<byte> head)
    {
        if (head.Length < Length || head[1] > 1 || head[2] is not (1 or 2 or 3 or 9 or 10 or 11))
            return null;
        TgaHeader header = new(
            head[0], head[2] & 7, head[2] >= 8, UInt16(head, 3), UInt16(head, 5), head[7], UInt16(head, 12), UInt16(head, 14), head[16],
            head[17]);
        return header.Width > 0 && header.Height > 0 && header.HasKnownPalette(head[1] == 1) && header.HasKnownPixels() ? header : null;
    }

    private bool HasKnownPalette(bool hasPalette) => hasPalette
        ? PaletteBits is 15 or 16 or 24 or 32 && PaletteLength > 0 && PaletteStart + PaletteLength <= 1 << 16
        : Type != 1 && (PaletteStart | PaletteLength) == 0 && PaletteBits is 0 or 15 or 16 or 24 or 32;

    // The two highest bits of the descriptor said how rows are interleaved, and no program uses them. The four lowest count alpha bits.
    private bool HasKnownPixels() => (Descriptor & 0xC0) == 0 && (Type, Bits, Descriptor & 15) is (1, 8 or 16, 0 or 1 or 8)
        or (2, 15, 0) or (2, 16, 0 or 1) or (2, 24, 0 or 8) or (2, 32, 0 or 8) or (3, 8, 0 or 8) or (3, 16, 0 or 8);

    private static int UInt16(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadUInt16LittleEndian(head[at..]);
}
