using System.Buffers.Binary;
using System.Text;

namespace Wct.Net.Weights;

/// <summary>Reads numbers and strings sequentially from a part of a <see cref="ByteSource"/>; little-endian unless stated
/// otherwise.</summary>
internal sealed class ByteCursor(ByteSource source, long start, long end)
{
    private readonly byte[] _buffer = new byte[8192];
    private long _next = start;
    private int _from, _to;

    /// <summary>The position of the next byte in the source.</summary>
    internal long Position => _next - (_to - _from);

    internal long Remaining => end - Position;

    internal byte ReadByte() => Take(1)[0];

    internal ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    internal long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    internal double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    internal double ReadDoubleBigEndian() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Reads a UTF-8 string of a given length in bytes; invalid bytes become U+FFFD.</summary>
    internal string ReadText(long bytes, int limit = 1 << 16) => Encoding.UTF8.GetString(Take(Counted(bytes, limit)));

    /// <summary>Reads up to the next line feed, which is consumed but not returned.</summary>
    internal string ReadLine(int limit = 256)
    {
        StringBuilder line = new();
        for (char c = (char)ReadByte(); c != '\n'; c = (char)ReadByte())
        {
            if (line.Length == limit)
                throw Fail($"a line has more than {limit} characters");
            line.Append(c);
        }

        return line.ToString();
    }

    /// <summary>Skips bytes.</summary>
    internal void Skip(long bytes)
    {
        if (bytes < 0 || bytes > Remaining)
            throw Fail($"truncated: {bytes} bytes announced, {Remaining} there");
        long buffered = Math.Min(bytes, _to - _from);
        _from += (int)buffered;
        _next += bytes - buffered;
    }

    internal WeightsFormatException Fail(string problem) => source.Fail($"at byte {Position}: {problem}");

    /// <summary>The next bytes; valid until the next call.</summary>
    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
            throw Fail($"truncated: {count} bytes needed, {Remaining} there");
        if (count > _buffer.Length)
        {
            byte[] large = new byte[count];
            source.Read(Position, large);
            Skip(count);
            return large;
        }

        if (count > _to - _from)
            Fill();
        _from += count;
        return _buffer.AsSpan(_from - count, count);
    }

    private void Fill()
    {
        int left = _to - _from;
        _buffer.AsSpan(_from, left).CopyTo(_buffer);
        int count = (int)Math.Min(_buffer.Length - left, end - _next);
        source.Read(_next, _buffer.AsSpan(left, count));
        (_from, _to, _next) = (0, left + count, _next + count);
    }

    private int Counted(long length, int limit)
    {
        if (length < 0 || length > limit)
            throw Fail($"a text of {length} bytes; the limit is {limit}");
        return (int)length;
    }
}
