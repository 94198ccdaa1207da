using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The bits of a scan: stuffed zero bytes are dropped, and reading stops at the next marker.</summary>
/// <remarks>
/// Past the end zeros are given, so that decoding needs no check per symbol; <see cref="EndMcu"/> tells afterwards. From there to the next
/// restart marker there is no data: <see cref="IsExhausted"/>. Damage is passed as libjpeg-turbo passes it, which gives the same pixels.
/// </remarks>
/// <param name="input">The file.</param>
/// <param name="pictureHeight">Rows of the picture, for messages.</param>
/// <param name="isOnlyScan">Whether no other scan can bring what this one lacks: then it is refused as soon as it turns out to be empty.</param>
internal sealed class EntropyReader(JpegInput input, int pictureHeight, bool isOnlyScan)
{
    /// <summary>The next bits, the first at the top.</summary>
    internal ulong Bits;

    /// <summary>How many of <see cref="Bits"/> are there; negative when more were taken than the scan has.</summary>
    internal int Count;

    // What LongSymbol gives for bits that no code starts with: all 17 bits that libjpeg has taken by then are lost, and stand for a 0.
    private const int NoCode = 17 << 8;

    private bool _ended;

    /// <summary>Whether the data ran out before the interval's MCUs did: those that follow, up to a restart marker, are not in the file.</summary>
    internal bool IsExhausted { get; private set; }

    /// <summary>Whether a marker was met that no restart passes: a restart leaves it for later.</summary>
    internal bool IsAtOtherMarker => input.PendingMarker is >= Marker.FirstFrame and (< Marker.FirstRestart or > Marker.LastRestart);

    /// <summary>MCUs that were decoded with all their bits.</summary>
    internal int Decoded { get; private set; }

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

    /// <summary>Called after each MCU: finds out whether it took more bits than the interval has.</summary>
    /// <exception cref="ImageFormatException">Nothing can be seen: the only scan has not even the first MCU, nor a restart marker.</exception>
    internal void EndMcu()
    {
        if (Count >= 0)
            Decoded++;
        else
            Exhaust();
    }

    /// <summary>Passes the restart marker that ends an interval, and starts afresh after it.</summary>
    /// <param name="number">Which one must come, 0 to 7.</param>
    internal void Restart(int number)
    {
        byte marker = input.NextMarker();
        if (marker != Marker.FirstRestart + number)
            marker = Resynchronize(marker, number);
        else
            marker = 0;
        (Bits, Count, _ended) = (0, 0, marker != 0);
        input.PendingMarker = marker;
        // Right before a marker that was not passed there is no data either.
        IsExhausted &= _ended;
    }

    /// <summary>Warns of something that the bits must not say.</summary>
    internal void Warn(string what) => input.Warnings.Add($"damaged: {what} in", $" scan data at row {Row} of {pictureHeight}");

    /// <summary>The exception for a scan that holds nothing to be seen.</summary>
    internal ImageFormatException Empty() => input.Fail(input.HasEnded
        ? $"truncated in scan data at row {Row} of {pictureHeight}, before anything can be seen"
        : $"marker FF{input.PendingMarker:X2} comes too soon in scan data at row {Row} of {pictureHeight}, before anything can be seen");

    private void Exhaust()
    {
        if (IsExhausted)
            return;
        if (isOnlyScan && Decoded == 0 && input.PendingMarker is < Marker.FirstRestart or > Marker.LastRestart)
            throw Empty();
        IsExhausted = true;
        string place = $" at row {Row} of {pictureHeight}";
        if (input.HasEnded)
            input.Warnings.Add("truncated: the scan data ends", place);
        else
            input.Warnings.Add("damaged: a marker comes too soon in the scan data", $"{place}: FF{input.PendingMarker:X2}");
    }

    // The marker found is not the one that must come. What to do is libjpeg's choice, so that pictures come out the same: a marker that is
    // no restart marker, or one of the next two, is left for later, so that the interval counts as empty (its marker is returned); after
    // one of the last two, or an impossible one, the search goes on; any other is taken for the one that must come (0 is returned).
    private byte Resynchronize(byte marker, int number)
    {
        input.Warnings.Add(
            "damaged: a restart marker is missing or wrong", $": FF{marker:X2} in place of FF{Marker.FirstRestart + number:X2} at row {Row} of {pictureHeight}");
        while (true)
        {
            if (marker is >= Marker.FirstFrame and (< Marker.FirstRestart or > Marker.LastRestart))
                return marker;
            int ahead = marker < Marker.FirstFrame ? -1 : (marker - Marker.FirstRestart - number) & 7;
            if (ahead is 1 or 2)
                return marker;
            if (ahead is 0 or 3 or 4 or 5)
                return 0;
            marker = input.NextMarker();
        }
    }

    private void RefillByBytes()
    {
        while (Count <= 56 && !_ended)
        {
            byte next = input.NextByte();
            if (next == 0xFF)
            {
                do
                    next = input.NextByte();
                while (next == 0xFF);
                if (next != 0)
                {
                    (input.PendingMarker, _ended) = (next, true);
                    return;
                }

                next = 0xFF;
            }

            Bits |= (ulong)next << (56 - Count);
            Count += 8;
        }
    }
}
