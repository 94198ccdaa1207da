using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Reads bits and symbols of a Huffman-coded scan. It drops stuffed zero bytes, and stops at the next marker.</summary>
/// <remarks>
/// After the end of the data it reads zeros, so that decoding needs no check per symbol. <see cref="EndMcu"/> checks afterwards, and sets
/// <see cref="ScanData.IsExhausted"/> up to the next restart marker.
/// </remarks>
/// <inheritdoc cref="ScanData(JpegInput, int, bool)" path="/param"/>
internal sealed class HuffmanReader(JpegInput input, int pictureHeight, bool isOnlyScan) : ScanData(input, pictureHeight, isOnlyScan)
{
    /// <summary>The next bits. The highest bit is the first.</summary>
    internal ulong Bits;

    /// <summary>Number of valid bits in <see cref="Bits"/>; negative if more bits were taken than the scan has.</summary>
    internal int Count;

    // LongSymbol returns this if the bits are no code: symbol 0 with a length of 17 bits, because libjpeg takes 17 bits in this case.
    private const int NoCode = 17 << 8;

    private bool _ended;

    /// <summary>The signed value of the <paramref name="size"/> bits after a code (ITU T.81, F.2.2.1).</summary>
    internal static int Extend(int bits, int size) => bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;

    /// <summary>Makes at least 32 bits available, unless the scan ends.</summary>
    internal void Refill()
    {
        if (Input.Position <= Input.End - sizeof(ulong) && Count >= 0)
        {
            ulong next = BinaryPrimitives.ReadUInt64BigEndian(Input.Buffer.AsSpan(Input.Position));
            // No byte is 0xFF, so there is no stuffed byte and no marker.
            if (((~next - 0x0101010101010101) & next & 0x8080808080808080) == 0 && !_ended)
            {
                // This also sets bits after the first Count ones. They are the first bits of the next byte, which later sets them to the
                // same values.
                Bits |= next >> Count;
                int bytes = (63 - Count) >> 3;
                Input.Position += bytes;
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

    /// <summary>Takes a code and returns its symbol.</summary>
    internal int Symbol(HuffmanTable table)
    {
        if (Count < 17)
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
        if (found != 0)
            return found;
        if (!_ended)
            Warn("an invalid Huffman code");
        return NoCode;
    }

    /// <inheritdoc/>
    internal override void EndMcu()
    {
        if (Count >= 0)
            Decoded++;
        else
            Exhaust();
    }

    /// <inheritdoc/>
    private protected override void Begin(bool ended) => (Bits, Count, _ended) = (0, 0, ended);

    private void RefillByBytes()
    {
        while (Count <= 56 && !_ended)
        {
            byte next = Input.NextByte();
            if (next == 0xFF)
            {
                do
                    next = Input.NextByte();
                while (next == 0xFF);
                if (next != 0)
                {
                    (Input.PendingMarker, _ended) = (next, true);
                    return;
                }

                next = 0xFF;
            }

            Bits |= (ulong)next << (56 - Count);
            Count += 8;
        }
    }
}
