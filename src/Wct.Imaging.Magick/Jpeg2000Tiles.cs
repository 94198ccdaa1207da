using System.Buffers.Binary;

namespace Wct.Imaging.Magick;

/// <summary>Checks the number of tiles in JPEG 2000 files, because the decoder prepares all tiles before it looks for them, which takes
/// seconds for 65535.</summary>
/// <remarks>The marker segment is described in ISO/IEC 15444-1, A.5.1.</remarks>
internal static class Jpeg2000Tiles
{
    // A tile has at least the segment SOT of 12 bytes and the marker SOD.
    private const int TileBytes = 14, FreeTiles = 1 << 10, SegmentLength = 38;

    /// <summary>Throws if a file announces more tiles than it can have.</summary>
    /// <param name="source">The file's name, for the message.</param>
    /// <param name="file">The whole file, with or without boxes.</param>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    internal static void Check(string source, ReadOnlySpan<byte> file)
    {
        int start = file.IndexOf((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]);
        if (start < 0 || file.Length - start < 4 + SegmentLength)
            return;
        ReadOnlySpan<byte> size = file[(start + 8)..];
        long tiles = Tiles(size, 0) * Tiles(size, 4);
        if (tiles > FreeTiles && tiles > file.Length / TileBytes)
            throw new ImageFormatException(
                source, $"damaged: {tiles} tiles take at least {tiles * TileBytes} bytes, {file.Length} are there");
    }

    // The segment has the picture's sides, its offsets, the sides of a tile, and the offsets of the first tile: width before height.
    private static long Tiles(ReadOnlySpan<byte> size, int at)
    {
        uint side = BinaryPrimitives.ReadUInt32BigEndian(size[at..]), tile = BinaryPrimitives.ReadUInt32BigEndian(size[(at + 16)..]);
        uint offset = BinaryPrimitives.ReadUInt32BigEndian(size[(at + 24)..]);
        // The decoder refuses such files.
        return tile == 0 || offset > side ? 0 : Math.Min(1L << 24, ((long)side - offset + tile - 1) / tile);
    }
}
