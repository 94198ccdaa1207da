using System.Buffers.Binary;

namespace Wct.Imaging.Psd;

/// <summary>The header of a Photoshop file (Adobe Photoshop File Formats Specification).</summary>
/// <param name="Channels">Color channels, then alpha channels.</param>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Bits">Bits per component: 8 or 16.</param>
/// <param name="IsGray">Whether there is one color channel; otherwise there are three.</param>
internal sealed record PsdHeader(int Channels, int Width, int Height, int Bits, bool IsGray)
{
    /// <summary>Bytes of the header.</summary>
    internal const int Length = 26;

    private const int Gray = 1, Rgb = 3, MaxSide = 30000;

    /// <summary>Number of color channels.</summary>
    internal int Colors => IsGray ? 1 : 3;

    /// <summary>Whether the file says that the first channel after the colors is the picture's transparency. Otherwise it is a saved
    /// selection or a spot color, which isn't read.</summary>
    internal bool IsTransparent { get; init; }

    /// <summary>Whether there is an alpha channel.</summary>
    internal bool HasAlpha => IsTransparent && Channels > Colors;

    /// <summary>Channels that are read.</summary>
    internal int UsedChannels => Colors + (HasAlpha ? 1 : 0);

    /// <summary>Bytes of a row of one channel, without compression.</summary>
    internal int RowBytes => Width * (Bits / 8);

    internal PixelLayout Layout => HasAlpha ? PixelLayout.Rgba32 : IsGray ? PixelLayout.Gray8 : PixelLayout.Rgb24;

    /// <summary>Whether a file with these first bytes is a Photoshop file.</summary>
    internal static bool IsPhotoshop(ReadOnlySpan<byte> head) => head.StartsWith("8BPS"u8);

    /// <summary>What a Photoshop file has that isn't read, such as CMYK; null if nothing.</summary>
    internal static string? Unsupported(ReadOnlySpan<byte> head)
    {
        if (head.Length < Length)
            return null;
        int bits = UInt16(head, 22), mode = UInt16(head, 24), channels = UInt16(head, 12);
        return UInt16(head, 4) != 1 ? "the format of large documents (PSB)"
            : mode is not (Gray or Rgb) ? $"color mode {mode}"
            : bits is not (8 or 16) ? $"{bits} bits per component"
            : channels < (mode == Gray ? 1 : 3) ? $"{channels} channels" : null;
    }

    /// <summary>Reads the header.</summary>
    /// <exception cref="ImageFormatException">The file is truncated, or of a kind that isn't supported.</exception>
    internal static PsdHeader Read(FileBytes file)
    {
        Span<byte> head = stackalloc byte[Length];
        file.ReadExactly(head, "the header");
        if (!IsPhotoshop(head))
            throw new ImageFormatException(file.Source, "not a Photoshop file");
        if (Unsupported(head) is { } kind)
            throw new ImageFormatException(file.Source, $"a Photoshop file with {kind} is not supported");
        uint height = BinaryPrimitives.ReadUInt32BigEndian(head[14..]), width = BinaryPrimitives.ReadUInt32BigEndian(head[18..]);
        if (width is 0 or > MaxSide || height is 0 or > MaxSide)
            throw new ImageFormatException(file.Source, $"{width}x{height} pixels; sides are 1 to {MaxSide} pixels in Photoshop files");
        return new(UInt16(head, 12), (int)width, (int)height, UInt16(head, 22), UInt16(head, 24) == Gray);
    }

    private static int UInt16(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadUInt16BigEndian(head[at..]);
}
