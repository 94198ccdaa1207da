using System.Numerics;

namespace Wct.Imaging.Jpeg.Encoding;

/// <summary>Writes the bits of a scan, with a zero byte stuffed after each 0xFF.</summary>
internal sealed class EntropyWriter(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _length;
    private ulong _bits;
    private int _count;

    /// <summary>Writes a block (ITU T.81, F.1.2).</summary>
    /// <param name="coefficients">[64] in zig-zag order, quantized: within the ranges of 8-bit baseline.</param>
    /// <param name="dc">Huffman table for DC differences.</param>
    /// <param name="ac">Huffman table for AC coefficients.</param>
    /// <param name="predictor">The component's last DC coefficient; replaced by this block's.</param>
    internal void WriteBlock(ReadOnlySpan<int> coefficients, HuffmanCodeBook dc, HuffmanCodeBook ac, ref int predictor)
    {
        WriteValue(dc, 0, coefficients[0] - predictor);
        predictor = coefficients[0];
        int run = 0;
        for (int k = 1; k < 64; k++)
        {
            if (coefficients[k] == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
                Put(ac.Codes[0xF0], ac.Lengths[0xF0]);
            WriteValue(ac, run, coefficients[k]);
            run = 0;
        }

        if (run > 0)
            Put(ac.Codes[0], ac.Lengths[0]);
    }

    /// <summary>Fills the last byte with ones, and writes the buffer to the stream.</summary>
    internal void Complete()
    {
        Put(0x7F, 7);
        Drain();
        _count = 0;
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }

    // The symbol has the number of zeros before the value, and its size. Then come its bits; negative values are decreased by 1 (ITU T.81,
    // F.1.2.1).
    private void WriteValue(HuffmanCodeBook code, int run, int value)
    {
        int size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        int symbol = (run << 4) | size;
        int bits = (value < 0 ? value - 1 : value) & ((1 << size) - 1);
        Put((code.Codes[symbol] << size) | bits, code.Lengths[symbol] + size);
    }

    // Adds at most 27 bits to at most 31 that are waiting, so 64 bits suffice.
    private void Put(int bits, int count)
    {
        _bits = (_bits << count) | (uint)bits;
        _count += count;
        if (_count >= 32)
            Drain();
    }

    private void Drain()
    {
        if (_length > _buffer.Length - 16)
        {
            stream.Write(_buffer, 0, _length);
            _length = 0;
        }

        for (; _count >= 8; _count -= 8)
        {
            byte next = (byte)(_bits >> (_count - 8));
            _buffer[_length++] = next;
            if (next == 0xFF)
                _buffer[_length++] = 0;
        }
    }
}
