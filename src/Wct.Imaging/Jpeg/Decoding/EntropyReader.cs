using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The bits of a scan: stuffed zero bytes are dropped, and reading stops at the next marker.</summary>
/// <remarks>Past the end zeros are given, so that decoding needs no check per symbol; <see cref="Check"/> tells afterwards.</remarks>
internal sealed class EntropyReader(JpegInput input, int pictureHeight)
{
    /// <summary>The next bits, the first at the top.</summary>
    internal ulong Bits;

    /// <summary>How many of <see cref="Bits"/> are there; negative when more were taken than the scan has.</summary>
    internal int Count;

    private bool _ended;

    /// <summary>The pixel row that is being decoded, for messages.</summary>
    internal int Row { get; set; }

    /// <summary>The value that <paramref name="size"/> bits after a code stand for (ITU T.81, F.2.2.1).</summary>
    internal static int Extend(int bits, int size) => bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;

    /// <summary>Makes at least 32 bits available, unless the scan ends before.</summary>
    internal void Refill()
    {
        if (input.Position <= input.End - sizeof(ulong) && Count >= 0)
        {
            ulong next = BinaryPrimitives.ReadUInt64BigEndian(input.Buffer.AsSpan(input.Position));
            // No byte is 0xFF: none is stuffed and none starts a marker.
            if (((~next - 0x0101010101010101) & next & 0x8080808080808080) == 0 && !_ended)
            {
                // Bits below Count are set too. They are the first ones of the next byte, which sets them again to the same.
                Bits |= next >> Count;
                int bytes = (63 - Count) >> 3;
                input.Position += bytes;
                Count += bytes * 8;
                return;
            }
        }

        RefillByBytes();
    }

    /// <summary>Takes <paramref name="size"/> bits, 0 to 16.</summary>
    internal int Take(int size)
    {
        if (Count < size)
            Refill();
        int value = (int)(Bits >> 1 >> (63 - size));
        Bits <<= size;
        Count -= size;
        return value;
    }

    /// <summary>Takes a code and gives its symbol.</summary>
    internal int Symbol(HuffmanTable table)
    {
        if (Count < 16)
            Refill();
        int found = table.Symbols[Bits >> (64 - HuffmanTable.LookupBits)];
        if (found == 0)
            found = LongSymbol(table, Bits);
        Bits <<= found >> 8;
        Count -= found >> 8;
        return found & 0xFF;
    }

    /// <summary>Finds a code of more than 10 bits at the top of <paramref name="bits"/>.</summary>
    /// <returns>Length and symbol as in <see cref="HuffmanTable.Symbols"/>.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal int LongSymbol(HuffmanTable table, ulong bits)
    {
        int found = table.FindLong((int)(bits >> 48));
        return found != 0 ? found : throw Damaged("an invalid Huffman code");
    }

    /// <summary>Throws if more bits were taken than the scan has.</summary>
    internal void Check()
    {
        if (Count < 0)
            throw Truncated();
    }

    /// <summary>Skips to the restart marker that ends an interval, and starts afresh after it.</summary>
    /// <param name="number">Which one must come, 0 to 7.</param>
    internal void Restart(int number)
    {
        Check();
        int marker = input.NextMarker();
        if (marker != Marker.FirstRestart + number)
        {
            throw marker < 0
                ? Truncated()
                : At($"marker FF{marker:X2} in place of the restart marker FF{Marker.FirstRestart + number:X2} in");
        }


        (Bits, Count, _ended) = (0, 0, false);
    }

    /// <summary>The exception for something that the bits must not say.</summary>
    internal ImageFormatException Damaged(string what) =>
        _ended && Count < 32 ? Truncated() : At($"{what} in");

    private ImageFormatException Truncated() =>
        At(input.PendingMarker == 0 ? "truncated in" : $"marker FF{input.PendingMarker:X2} comes too soon in");

    private ImageFormatException At(string what) => input.Fail($"{what} scan data at row {Row} of {pictureHeight}");

    private void RefillByBytes()
    {
        while (Count <= 56 && !_ended)
        {
            int next = input.NextByte();
            if (next == 0xFF)
            {
                do
                    next = input.NextByte();
                while (next == 0xFF);
                if (next > 0)
                    input.PendingMarker = (byte)next;
                next = next == 0 ? 0xFF : -1;
            }

            _ended = next < 0;
            if (_ended)
                return;
            Bits |= (ulong)next << (56 - Count);
            Count += 8;
        }
    }
}
