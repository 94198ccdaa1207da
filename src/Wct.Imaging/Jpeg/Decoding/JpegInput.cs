using System.Buffers.Binary;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Reads the bytes, markers and segments of a file through a buffer. Owns the stream.</summary>
/// <remarks>After the end of the file it returns end-of-image markers, as libjpeg does, so that decoding needs no check for the
/// end.</remarks>
internal sealed class JpegInput(Stream stream, string source, bool strict = false) : IDisposable
{
    private readonly byte[] _segment = new byte[ushort.MaxValue];

    /// <summary>The file's name, for messages.</summary>
    internal string Source => source;

    /// <summary>Bytes that were read ahead. The bytes from <see cref="Position"/> up to <see cref="End"/> are not used yet.</summary>
    internal byte[] Buffer { get; } = new byte[1 << 16];

    /// <summary>Index of the next byte in <see cref="Buffer"/>.</summary>
    internal int Position { get; set; }

    /// <summary>End of the bytes in <see cref="Buffer"/>.</summary>
    internal int End { get; private set; }

    /// <summary>A marker that was found in entropy-coded data; 0 for none. <see cref="NextMarker"/> returns it first.</summary>
    internal byte PendingMarker { get; set; }

    /// <summary>Problems that don't prevent the file from being decoded.</summary>
    internal ImageWarnings Warnings { get; } = new(source, strict);

    /// <summary>Whether more bytes were requested than the file has.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Makes at least one byte available. After the end of the file, this is an end-of-image marker.</summary>
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

    /// <summary>Reads the next byte.</summary>
    internal byte NextByte()
    {
        Fill();
        return Buffer[Position++];
    }

    /// <summary>Skips to the next marker and returns its second byte. At the end of the file, this is the end of the image.</summary>
    /// <remarks>Bytes before the marker are skipped, as in libjpeg. Fill bytes (0xFF) may precede its second byte.</remarks>
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
    /// <param name="name">The segment's name, for messages.</param>
    /// <param name="isOptional">Whether the picture can be decoded without the segment. A length below 2 is then only a warning, and the
    /// next marker is searched for right after it, as in libjpeg.</param>
    /// <returns>The payload, valid until the next segment is read.</returns>
    internal Segment ReadSegment(string name, bool isOptional = false)
    {
        int length = Take(_segment.AsSpan(0, 2)) == 2 ? BinaryPrimitives.ReadUInt16BigEndian(_segment) : throw Fail($"truncated in {name}");
        if (length < 2 && !isOptional)
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

    /// <summary>Creates the exception for a problem with this file.</summary>
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
