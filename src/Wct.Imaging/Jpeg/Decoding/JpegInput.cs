using System.Buffers.Binary;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The file's bytes, buffered, with the markers between them. Owns the stream.</summary>
/// <remarks>A file that ends too soon goes on with end-of-image markers, as libjpeg's does, so that decoding needs no check for
/// it.</remarks>
internal sealed class JpegInput(Stream stream, string source, bool strict = false) : IDisposable
{
    private readonly byte[] _segment = new byte[ushort.MaxValue];

    /// <summary>What messages call the file.</summary>
    internal string Source => source;

    /// <summary>Bytes read ahead; those from <see cref="Position"/> up to <see cref="End"/> are still to come.</summary>
    internal byte[] Buffer { get; } = new byte[1 << 16];

    /// <summary>Index of the next byte in <see cref="Buffer"/>.</summary>
    internal int Position { get; set; }

    /// <summary>Where the bytes in <see cref="Buffer"/> end.</summary>
    internal int End { get; private set; }

    /// <summary>A marker that was met while reading entropy-coded bits; 0 for none. <see cref="NextMarker"/> gives it first.</summary>
    internal byte PendingMarker { get; set; }

    /// <summary>What is wrong with the file although it can be decoded.</summary>
    internal ImageWarnings Warnings { get; } = new(source, strict);

    /// <summary>Whether more bytes were asked for than the file has.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Makes at least one byte available: of the file, or of the marker that stands in for its missing end.</summary>
    internal void Fill()
    {
        if (Position < End)
            return;
        Position = 0;
        End = HasEnded ? 0 : stream.Read(Buffer);
        if (End > 0)
            return;
        HasEnded = true;
        (Buffer[0], Buffer[1], End) = (0xFF, Marker.EndOfImage, 2);
    }

    /// <summary>The next byte.</summary>
    internal byte NextByte()
    {
        Fill();
        return Buffer[Position++];
    }

    /// <summary>Skips to the next marker and gives its second byte: the end of the image where the file ends.</summary>
    /// <remarks>Bytes before the marker are skipped as libjpeg does; fill bytes (0xFF) may precede its second byte.</remarks>
    internal byte NextMarker()
    {
        byte marker = PendingMarker;
        PendingMarker = 0;
        if (marker != 0)
            return marker;
        long skipped = 0;
        while (marker == 0)
        {
            while (NextByte() != 0xFF)
                skipped++;
            do
                marker = NextByte();
            while (marker == 0xFF);
            // A stuffed byte: data, not a marker.
            skipped += marker == 0 ? 2 : 0;
        }

        if (skipped > 0)
            Warnings.Add("bytes that belong to no segment", $": {skipped} before marker FF{marker:X2}");
        return marker;
    }

    /// <summary>Reads a segment's length and payload.</summary>
    /// <param name="name">What messages call the segment.</param>
    /// <param name="dispensable">Whether the picture can do without it. A length that is too small for itself is then passed with a
    /// warning: the next marker is looked for right behind it, as libjpeg does.</param>
    /// <returns>The payload, valid until the next segment is read.</returns>
    internal Segment ReadSegment(string name, bool dispensable = false)
    {
        int length = Take(_segment.AsSpan(0, 2)) == 2 ? BinaryPrimitives.ReadUInt16BigEndian(_segment) : throw Fail($"truncated in {name}");
        if (length < 2 && !dispensable)
            throw Fail($"{name} announces a length of {length}, which does not hold the length itself");
        if (length < 2)
        {
            Warnings.Add("damaged: a length that does not hold the length itself", $": {length} in {name}");
            length = 2;
        }

        Span<byte> payload = _segment.AsSpan(0, length - 2);
        int there = Take(payload);
        if (there < payload.Length)
            throw Fail($"truncated in {name}: {payload.Length} bytes announced, {there} there");
        return new Segment(payload, name, this);
    }

    /// <summary>The exception for a problem with this file.</summary>
    internal ImageFormatException Fail(string problem) => new(source, problem);

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private int Take(Span<byte> destination)
    {
        int taken = 0;
        while (taken < destination.Length)
        {
            Fill();
            if (HasEnded)
                break;
            int count = Math.Min(destination.Length - taken, End - Position);
            Buffer.AsSpan(Position, count).CopyTo(destination[taken..]);
            Position += count;
            taken += count;
        }

        return taken;
    }
}
