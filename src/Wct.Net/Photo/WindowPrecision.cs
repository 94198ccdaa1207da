using System.Numerics;

namespace Wct.Net.Photo;

/// <summary>Rounds numbers to multiples of a power of two that is so large that doubles hold the sums over any window exactly.</summary>
/// <remarks>
/// Sums are updated: a row or column that enters a window is added, and one that leaves it is subtracted. As no step is rounded, the result
/// is the same as if each window were summed on its own. The largest window has n pixels, n at most 2^bits.
/// </remarks>
internal readonly struct WindowPrecision
{
    // A double holds integers up to 2^53. Adding 1.5·2^52 steps and subtracting it again rounds to whole steps.
    private const int DoubleBits = 53, SingleBits = 24;

    // Two colors' product has twice as many bits after the point as the colors, and colors must be exact as floats, too.
    private const int MostColorBits = SingleBits - 2;

    private readonly int _windowBits;

    /// <param name="pixels">Pixels of the largest window, at least 1.</param>
    internal WindowPrecision(long pixels) => _windowBits = 64 - BitOperations.LeadingZeroCount((ulong)pixels);

    /// <summary>Bits after the point of colors in 0..1. Sums of products of two colors are exact.</summary>
    internal int ColorBits => Math.Min(MostColorBits, (DoubleBits - _windowBits) / 2);

    /// <summary>Rounds x in 0..1 to <see cref="ColorBits"/>: (x + number) - number.</summary>
    internal float ColorRounding => float.ScaleB(1.5f, SingleBits - 1 - ColorBits);

    /// <summary>Rounds numbers whose magnitude is at most <paramref name="most"/>, so that their sums are exact:
    /// (x + number) - number.</summary>
    internal double Rounding(double most)
    {
        // Of the 2 bits in reserve, one is for the number that rounds, which must be larger than those that it rounds. The other one is for
        // magnitudes that exceed the bound by a rounding error.
        int bits = DoubleBits - 2 - _windowBits - (int)Math.Ceiling(Math.Log2(most));
        return double.ScaleB(1.5, DoubleBits - 1 - bits);
    }
}
