using System.Buffers.Binary;

namespace Wct.Imaging.Png;

/// <summary>A chunk's type: four letters. The case of the first letter says whether the chunk is critical or ancillary (section
/// 5.4).</summary>
internal readonly record struct PngChunkType(uint Value)
{
    internal static readonly PngChunkType Header = Of("IHDR"u8);
    internal static readonly PngChunkType Palette = Of("PLTE"u8);
    internal static readonly PngChunkType Transparency = Of("tRNS"u8);
    internal static readonly PngChunkType ImageData = Of("IDAT"u8);
    internal static readonly PngChunkType End = Of("IEND"u8);
    internal static readonly PngChunkType Exif = Of("eXIf"u8);
    internal static readonly PngChunkType Profile = Of("iCCP"u8);
    internal static readonly PngChunkType ColorCode = Of("cICP"u8);
    internal static readonly PngChunkType Gamma = Of("gAMA"u8);
    internal static readonly PngChunkType Chromaticities = Of("cHRM"u8);
    internal static readonly PngChunkType Srgb = Of("sRGB"u8);
    internal static readonly PngChunkType Text = Of("tEXt"u8);
    internal static readonly PngChunkType CompressedText = Of("zTXt"u8);
    internal static readonly PngChunkType InternationalText = Of("iTXt"u8);

    /// <summary>Whether the picture can be decoded without the chunk.</summary>
    internal bool IsAncillary => (Value & 0x20000000) != 0;

    /// <summary>Whether all four bytes are letters.</summary>
    internal bool IsName
    {
        get
        {
            Span<byte> bytes = stackalloc byte[4];
            Write(bytes);
            foreach (byte b in bytes)
            {
                if (!char.IsAsciiLetter((char)b))
                    return false;
            }

            return true;
        }
    }

    /// <summary>Reads a type from four bytes.</summary>
    internal static PngChunkType Of(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>Writes the four bytes.</summary>
    internal void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt32BigEndian(bytes, Value);

    /// <summary>The four letters, or the bytes in hexadecimal if they aren't letters.</summary>
    public override string ToString() => IsName
        ? string.Create(4, Value, (text, value) =>
        {
            for (int i = 0; i < 4; i++)
                text[i] = (char)(byte)(value >> (24 - 8 * i));
        })
        : $"0x{Value:X8}";
}
