using System.Buffers.Binary;

namespace Wct.Imaging.Png;

/// <summary>Reads a file's chunks one after the other (section 5.3): length, type, body, CRC.</summary>
/// <remarks>As in libpng, a wrong CRC is an error in critical chunks and a warning in ancillary chunks.</remarks>
internal sealed class PngChunks(Stream stream, string source, bool strict = false) : IDisposable
{
    private int _left;
    private uint _crc;
    private bool _isVerified = true, _isCrcWrong;

    /// <summary>The file's name, for messages.</summary>
    internal string Source => source;

    /// <summary>Problems that don't prevent the file from being read.</summary>
    internal ImageWarnings Warnings { get; } = new(source, strict);

    /// <summary>The texts of the file, of which those before the current chunk were read.</summary>
    internal PngTextReader Text { get; } = new();

    /// <summary>Whether the file ended inside a chunk.</summary>
    internal bool IsTruncated { get; private set; }

    /// <summary>The file. It is at the current chunk's body until some of the body is read.</summary>
    internal Stream Stream => stream;

    /// <summary>The current chunk's type.</summary>
    internal PngChunkType Type { get; private set; }

    /// <summary>Bytes of the current chunk's body.</summary>
    internal int Length { get; private set; }

    /// <summary>Skips the rest of the current chunk and reads the head of the next one. Returns false if the file ends before it.</summary>
    /// <exception cref="ImageFormatException">The current chunk is truncated or has a wrong CRC, or the next head is invalid.</exception>
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
        _crc = Crc32.Append(Crc32.Empty, head[4..]);
        _isVerified = false;
        return true;
    }

    /// <summary>Reads some of the body, at least one byte. Returns 0 at the end of the body, after its CRC was checked.</summary>
    /// <exception cref="ImageFormatException">The chunk is truncated, or its CRC is wrong.</exception>
    internal int Read(Span<byte> destination)
    {
        if (_left == 0)
            Verify();
        if (_left == 0 || destination.IsEmpty)
            return 0;
        int count = stream.Read(destination[..Math.Min(destination.Length, _left)]);
        if (count == 0)
            throw Truncated();
        _crc = Crc32.Append(_crc, destination[..count]);
        _left -= count;
        if (_left == 0)
            Verify();
        return count;
    }

    /// <summary>Reads the whole body.</summary>
    /// <param name="atMost">Largest size that this type of chunk can have.</param>
    /// <exception cref="ImageFormatException">The body is longer or truncated, or its CRC is wrong.</exception>
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

    /// <summary>Reads the whole body of an ancillary chunk. Returns null, with a warning, if its CRC is wrong.</summary>
    internal byte[]? ReadAncillary()
    {
        byte[] body = ReadBody(Length);
        return _isCrcWrong ? null : body;
    }

    /// <summary>Reads the rest of the body, to check its CRC.</summary>
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
        if (_isVerified)
            return;
        Span<byte> stored = stackalloc byte[4];
        if (stream.ReadAtLeast(stored, stored.Length, throwOnEndOfStream: false) < stored.Length)
        {
            IsTruncated = true;
            throw new ImageFormatException(source, $"truncated: chunk {Type} lacks its check");
        }

        _isVerified = true;
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(stored);
        _isCrcWrong = expected != _crc;
        if (!_isCrcWrong)
            return;
        string values = $" has the check {_crc:X8}, the file says {expected:X8}";
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
