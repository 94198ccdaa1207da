using System.Buffers.Binary;

namespace Wct.Imaging.Gif;

/// <summary>Everything before the data of a GIF file's first picture (GIF89a Specification).</summary>
/// <param name="Width">Width of the screen, at least 1.</param>
/// <param name="Height">Height of the screen, at least 1.</param>
/// <param name="Left">Column of the picture's left side in the screen.</param>
/// <param name="Top">Row of the picture's upper side in the screen.</param>
/// <param name="FrameWidth">Pixels per row of the picture, at least 1.</param>
/// <param name="FrameHeight">Rows of the picture, at least 1.</param>
/// <param name="IsInterlaced">Whether rows come in four passes.</param>
/// <param name="Palette">Red, green and blue of each color; 256 colors, of which missing ones are black.</param>
/// <param name="Transparent">Index of the transparent color; -1 if there is none.</param>
internal sealed record GifHeader(
    int Width, int Height, int Left, int Top, int FrameWidth, int FrameHeight, bool IsInterlaced, byte[] Palette, int Transparent)
{
    private const int Extension = 0x21, ControlLabel = 0xF9, Picture = 0x2C, Trailer = 0x3B, HasPalette = 0x80, Interlaced = 0x40;

    /// <summary>Whether the picture doesn't cover the screen, whose other pixels are transparent.</summary>
    internal bool HasBorder => FrameWidth < Width || FrameHeight < Height;

    /// <summary>Reads up to the picture's data.</summary>
    /// <exception cref="ImageFormatException">The file ends, is damaged, or has no picture.</exception>
    internal static GifHeader Read(FileBytes file)
    {
        Span<byte> screen = stackalloc byte[13];
        file.ReadExactly(screen, "the header");
        byte[]? global = ReadPalette(file, screen[10]);
        int transparent = -1;
        for (int block = file.ReadByte(); block != Picture; block = file.ReadByte())
        {
            if (block == Extension)
                transparent = ReadExtension(file) ?? transparent;
            else if (block is Trailer or < 0)
                throw new ImageFormatException(file.Source, block < 0 ? "truncated: the file ends before a picture" : "no picture");
            // Some programs write an empty block too many.
            else if (block != 0)
                throw new ImageFormatException(file.Source, $"damaged: block 0x{block:X2} before the picture");
        }

        Span<byte> frame = stackalloc byte[9];
        file.ReadExactly(frame, "the picture's size");
        byte[] palette = ReadPalette(file, frame[8]) ?? global
            ?? throw new ImageFormatException(file.Source, "damaged: the picture has no palette");
        (int left, int top, int width, int height) = (UInt16(frame, 0), UInt16(frame, 2), UInt16(frame, 4), UInt16(frame, 6));
        if (width == 0 || height == 0)
            throw new ImageFormatException(file.Source, $"{width}x{height} pixels; both sides must be at least 1");
        // As in browsers, a screen that is too small grows.
        return new(Math.Max(UInt16(screen, 6), left + width), Math.Max(UInt16(screen, 8), top + height), left, top, width, height,
            (frame[8] & Interlaced) != 0, palette, transparent);
    }

    // The transparent color that a control block sets, -1 if it sets none; null for other extensions.
    private static int? ReadExtension(FileBytes file)
    {
        int label = file.Byte("an extension's label");
        int? transparent = null;
        Span<byte> block = stackalloc byte[255];
        while (file.Byte("an extension") is > 0 and byte length)
        {
            file.ReadExactly(block[..length], "an extension");
            if (label == ControlLabel && length >= 4)
                transparent = (block[0] & 1) != 0 ? block[3] : -1;
        }

        return transparent;
    }

    private static byte[]? ReadPalette(FileBytes file, byte flags)
    {
        if ((flags & HasPalette) == 0)
            return null;
        byte[] palette = new byte[256 * 3];
        file.ReadExactly(palette.AsSpan(0, 3 * (2 << (flags & 7))), "the palette");
        return palette;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
