using System.Numerics;

namespace Wct.Imaging.Bmp;

/// <summary>One component of pixels of 16 or 32 bits.</summary>
internal readonly struct BmpMask
{
    private readonly uint _mask;
    private readonly int _shift;
    private readonly byte[] _levels;

    /// <param name="mask">The component's bits: one run of at least one.</param>
    internal BmpMask(uint mask)
    {
        int bits = BitOperations.PopCount(mask), used = Math.Min(bits, 8);
        // Of more than 8 bits, the highest count.
        (_mask, _shift) = (mask, BitOperations.TrailingZeroCount(mask) + bits - used);
        _levels = new byte[1 << used];
        for (int i = 0; i < _levels.Length; i++)
            _levels[i] = Spread(i, used);
    }

    /// <summary>Whether the bits of a mask are one run, or none.</summary>
    internal static bool IsRun(uint mask) =>
        mask == 0 || BitOperations.IsPow2((ulong)(mask >> BitOperations.TrailingZeroCount(mask)) + 1);

    /// <summary>The component of a pixel, 0 to 255.</summary>
    internal byte Level(uint pixel) => _levels[(pixel & _mask) >> _shift];

    // As in ImageMagick, the bits are repeated until they fill a byte.
    private static byte Spread(int value, int bits)
    {
        int level = 0;
        for (int shift = 8 - bits; shift > -bits; shift -= bits)
            level |= shift >= 0 ? value << shift : value >> -shift;
        return (byte)level;
    }
}
