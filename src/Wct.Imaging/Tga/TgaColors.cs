using System.Buffers.Binary;

namespace Wct.Imaging.Tga;

/// <summary>Converts stored colors of 15 to 32 bits to RGB or RGBA.</summary>
/// <param name="bits">Bits of a stored color: 15, 16, 24 or 32.</param>
/// <param name="alpha">The meaning of alpha; <see cref="TgaAlpha.None"/> for RGB.</param>
internal sealed class TgaColors(int bits, TgaAlpha alpha)
{
    private static readonly byte[] FiveBits = [.. Enumerable.Range(0, 32).Select(i => (byte)(((i * 255) + 15) / 31))];

    /// <summary>Bytes of a stored color.</summary>
    internal int StoredSize { get; } = (bits + 7) / 8;

    /// <summary>Bytes of a converted color.</summary>
    internal int Size { get; } = alpha == TgaAlpha.None ? 3 : 4;

    /// <summary>Converts colors.</summary>
    /// <param name="stored">A whole number of colors.</param>
    /// <param name="pixels">Receives them.</param>
    internal void Convert(ReadOnlySpan<byte> stored, Span<byte> pixels)
    {
        for (int from = 0, to = 0; from < stored.Length; from += StoredSize, to += Size)
            ConvertOne(stored.Slice(from, StoredSize), pixels.Slice(to, Size));
    }

    private void ConvertOne(ReadOnlySpan<byte> stored, Span<byte> pixel)
    {
        int opacity;
        if (StoredSize == 2)
        {
            int value = BinaryPrimitives.ReadUInt16LittleEndian(stored);
            (pixel[0], pixel[1], pixel[2]) = (FiveBits[(value >> 10) & 31], FiveBits[(value >> 5) & 31], FiveBits[value & 31]);
            opacity = value >> 15 == 0 ? 0 : 255;
        }
        else
        {
            (pixel[0], pixel[1], pixel[2]) = (stored[2], stored[1], stored[0]);
            opacity = StoredSize == 4 ? stored[3] : 255;
        }

        if (pixel.Length < 4)
            return;
        pixel[3] = (byte)opacity;
        if (alpha == TgaAlpha.Premultiplied)
        {
            foreach (ref byte component in pixel[..3])
                component = (byte)(opacity == 0 ? 0 : Math.Min(255, ((component * 255) + (opacity / 2)) / opacity));
        }
    }
}
