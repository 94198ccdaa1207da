using System.Buffers.Binary;

namespace Wct.Imaging.Png;

/// <summary>A file's color type: bit 0 means palette, bit 1 color, bit 2 alpha (section 11.2.1).</summary>
internal enum PngColorType : byte
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}

/// <summary>The IHDR chunk, and the sizes that follow from it.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColorType ColorType, bool Interlaced)
{
    /// <summary>Bytes of the IHDR chunk's body.</summary>
    internal const int Length = 13;

    /// <summary>Samples per pixel in the file: 1 to 4.</summary>
    internal int Channels => ColorType switch
    {
        PngColorType.Rgb => 3,
        PngColorType.GrayAlpha => 2,
        PngColorType.Rgba => 4,
        _ => 1,
    };

    /// <summary>Whether each pixel has an alpha sample.</summary>
    internal bool HasAlpha => ColorType is PngColorType.GrayAlpha or PngColorType.Rgba;

    /// <summary>Distance in bytes to the corresponding byte of the pixel to the left, 1 to 8 (section 9.2). It is 1 if a pixel is smaller
    /// than a byte.</summary>
    internal int FilterDistance => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>Bytes of a row of <paramref name="width"/> pixels, without the filter type.</summary>
    internal int RowLength(int width) => (int)(((long)width * Channels * BitDepth + 7) / 8);

    /// <summary>Reads the body of an IHDR chunk.</summary>
    /// <exception cref="ImageFormatException">A value is outside the specification.</exception>
    internal static PngHeader Parse(ReadOnlySpan<byte> body, string source)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(body), height = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new ImageFormatException(source, $"size {width}x{height}, sides range from 1 to {int.MaxValue}");

        (byte depth, byte color) = (body[8], body[9]);
        bool known = (PngColorType)color switch
        {
            PngColorType.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColorType.Palette => depth is 1 or 2 or 4 or 8,
            PngColorType.Rgb or PngColorType.GrayAlpha or PngColorType.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!known)
            throw new ImageFormatException(source, $"color type {color} with bit depth {depth} is not part of PNG");
        if (body[10] != 0 || body[11] != 0 || body[12] > 1)
        {
            throw new ImageFormatException(
                source, $"compression {body[10]}, filter {body[11]}, interlace {body[12]}: PNG has 0, 0, and 0 or 1");
        }

        return new((int)width, (int)height, depth, (PngColorType)color, body[12] == 1);
    }

    /// <summary>Writes the body of an IHDR chunk.</summary>
    internal void Write(Span<byte> body)
    {
        BinaryPrimitives.WriteInt32BigEndian(body, Width);
        BinaryPrimitives.WriteInt32BigEndian(body[4..], Height);
        body[8] = (byte)BitDepth;
        body[9] = (byte)ColorType;
        (body[10], body[11], body[12]) = (0, 0, Interlaced ? (byte)1 : (byte)0);
    }
}
