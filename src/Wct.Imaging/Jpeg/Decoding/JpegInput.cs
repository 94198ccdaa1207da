using System.Buffers.Binary;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The file's bytes, buffered, with the markers between them. Owns the stream.</summary>
internal sealed class JpegInput(Stream stream, string source) : IDisposable
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

    /// <summary>Makes at least one byte available; false at the end of the file.</summary>
    internal bool Fill()
    {
        if (Position < End)
            return true;
        Position = 0;
        End = stream.Read(Buffer);
        return End > 0;
    }

    /// <summary>The next byte, or -1 at the end of the file.</summary>
    internal int NextByte() => Fill() ? Buffer[Position++] : -1;

    /// <summary>Skips to the next marker and gives its second byte, or -1 at the end of the file.</summary>
    /// <remarks>Bytes before the marker are skipped as libjpeg does; fill bytes (0xFF) may precede its second byte.</remarks>
    internal int NextMarker()
    {
        int marker = PendingMarker;
        PendingMarker = 0;
        while (marker == 0)
        {
            int skipped;
            do
                skipped = NextByte();
            while (skipped is not (0xFF or -1));
            do
                marker = NextByte();
            while (marker == 0xFF);
        }

        return marker;
    }

    /// <summary>Reads a segment's length and payload.</summary>
    /// <param name="name">What messages call the segment.</param>
    /// <returns>The payload, valid until the next segment is read.</returns>
    internal Segment ReadSegment(string name)
    {
        int length = Take(_segment.AsSpan(0, 2)) == 2 ? BinaryPrimitives.ReadUInt16BigEndian(_segment) : throw Fail($"truncated in {name}");
        if (length < 2)
            throw Fail($"{name} announces a length of {length}, which does not hold the length itself");
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
        while (taken < destination.Length && Fill())
        {
            int count = Math.Min(destination.Length - taken, End - Position);
            Buffer.AsSpan(Position, count).CopyTo(destination[taken..]);
            Position += count;
            taken += count;
        }

        return taken;
    }
}
