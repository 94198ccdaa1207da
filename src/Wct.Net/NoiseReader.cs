using System.Buffers.Binary;

namespace Wct.Net;

/// <summary>A picture of random colors, the start of a texture.</summary>
/// <remarks>Each pixel's color depends only on the seed and on the pixel's number (SplitMix64), so it is the same on every
/// machine.</remarks>
/// <param name="width">Pixels per row.</param>
/// <param name="height">Rows.</param>
/// <param name="seed">Chooses the colors.</param>
internal sealed class NoiseReader(int width, int height, ulong seed) : IPixelReader
{
    /// <summary>2^64 divided by the golden ratio, the distance between the numbers that SplitMix64 mixes.</summary>
    internal const ulong Step = 0x9E3779B97F4A7C15;

    private const int Size = 3;

    private ulong _next;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public int Height => height;

    /// <inheritdoc/>
    public PixelLayout Layout => PixelLayout.Rgb24;

    /// <inheritdoc/>
    public void ReadRows(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (int at = 0; at < destination.Length; at += Size)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Mix(Mix(seed) + (++_next * Step)));
            bytes[..Size].CopyTo(destination[at..]);
        }
    }

    /// <summary>Spreads a number over all 64 bits.</summary>
    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
