using System.Buffers.Binary;

namespace Wct.Imaging.Png;

/// <summary>Walks through a file's chunks (section 5.3): length, type, body, check.</summary>
/// <remarks>As libpng, a check that differs is an error, but for chunks that may be ignored a warning.</remarks>
internal sealed class PngChunks(Stream stream, string source, bool strict = false) : IDisposable
{
    private int _left;
    private uint _check;
    private bool _verified = true, _differs;

    /// <summary>What is read, for messages.</summary>
    internal string Source => source;

    /// <summary>What is wrong with the file although it can be read.</summary>
    internal ImageWarnings Warnings { get; } = new(source, strict);

    /// <summary>Whether the file was found to end inside a chunk.</summary>
    internal bool IsTruncated { get; private set; }

    /// <summary>The file, at the current chunk's body while nothing of that was read.</summary>
    internal Stream Stream => stream;

    /// <summary>The current chunk's type.</summary>
    internal PngChunkType Type { get; private set; }

    /// <summary>Bytes of the current chunk's body.</summary>
    internal int Length { get; private set; }

    /// <summary>Passes what is left of the current chunk and reads the head of the next; false where the file ends before it.</summary>
    /// <exception cref="ImageFormatException">The current chunk is truncated, or the next one's head is none.</exception>
    internal bool Next()
    {
        Drain();
        Span<byte> head = stackalloc byte[8];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return false;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
        Type = PngChunkType.Of(head[4..]);
        if (!Type.IsName)
            throw new ImageFormatException(source, $"damaged: a chunk is named {Type}, chunks have names of four letters");
        if (length > int.MaxValue)
            throw new ImageFormatException(source, $"damaged: chunk {Type} announces {length} bytes, at most {int.MaxValue} are allowed");
        _left = Length = (int)length;
        _check = Crc32.Append(Crc32.Empty, head[4..]);
        _verified = false;
        return true;
    }

    /// <summary>Reads some of the body, at least one byte; 0 at its end, after its check was compared.</summary>
    /// <exception cref="ImageFormatException">The chunk is truncated, or its check differs.</exception>
    internal int Read(Span<byte> destination)
    {
        if (_left == 0)
            Verify();
        if (_left == 0 || destination.IsEmpty)
            return 0;
        int count = stream.Read(destination[..Math.Min(destination.Length, _left)]);
        if (count == 0)
            throw Truncated();
        _check = Crc32.Append(_check, destination[..count]);
        _left -= count;
        if (_left == 0)
            Verify();
        return count;
    }

    /// <summary>Reads the whole body.</summary>
    /// <param name="atMost">The most bytes that this type of chunk can have.</param>
    /// <exception cref="ImageFormatException">The body is longer, truncated, or its check differs.</exception>
    internal byte[] ReadBody(int atMost)
    {
        if (Length > atMost)
            throw new ImageFormatException(source, $"damaged: chunk {Type} has {Length} bytes, at most {atMost} are allowed");
        byte[] body = new byte[Length];
        int filled = 0;
        while (Read(body.AsSpan(filled)) is int count and > 0)
            filled += count;
        return body;
    }

    /// <summary>Reads the whole body of a chunk that may be ignored; null, with a warning, where its check differs.</summary>
    internal byte[]? ReadAncillary()
    {
        byte[] body = ReadBody(Length);
        return _differs ? null : body;
    }

    /// <summary>Reads the body to its end, for its check.</summary>
    internal void Drain()
    {
        Span<byte> scrap = stackalloc byte[1024];
        while (Read(scrap) > 0)
        {
        }
    }

    public void Dispose() => stream.Dispose();

    private void Verify()
    {
        if (_verified)
            return;
        Span<byte> stored = stackalloc byte[4];
        if (stream.ReadAtLeast(stored, stored.Length, throwOnEndOfStream: false) < stored.Length)
        {
            IsTruncated = true;
            throw new ImageFormatException(source, $"truncated: chunk {Type} lacks its check");
        }

        _verified = true;
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(stored);
        _differs = expected != _check;
        if (!_differs)
            return;
        string values = $" has the check {_check:X8}, the file says {expected:X8}";
        if (!Type.IsAncillary)
            throw new ImageFormatException(source, $"damaged: chunk {Type}{values}");
        Warnings.Add($"damaged: chunk {Type}", $"{values}; it is ignored");
    }

    private ImageFormatException Truncated()
    {
        IsTruncated = true;
        return new(source, $"truncated: chunk {Type} announces {Length} bytes, {Length - _left} are there");
    }
}
