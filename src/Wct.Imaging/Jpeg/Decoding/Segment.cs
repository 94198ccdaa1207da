using System.Buffers.Binary;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Reads a segment's payload from front to back. Reading past its end throws an <see cref="ImageFormatException"/>.</summary>
/// <param name="payload">The bytes after the length.</param>
/// <param name="name">The segment's name, for messages.</param>
/// <param name="input">The file.</param>
internal ref struct Segment(ReadOnlySpan<byte> payload, string name, JpegInput input)
{
    private readonly int _length = payload.Length;

    /// <summary>The rest of the payload.</summary>
    internal ReadOnlySpan<byte> Rest { get; private set; } = payload;

    internal int Byte() => Bytes(1)[0];

    internal int UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    internal ReadOnlySpan<byte> Bytes(int count)
    {
        if (Rest.Length < count)
            throw Fail($"of {_length} bytes ends too soon: {count} more needed, {Rest.Length} there");
        ReadOnlySpan<byte> bytes = Rest[..count];
        Rest = Rest[count..];
        return bytes;
    }

    /// <summary>Creates the exception for a problem in this segment.</summary>
    internal readonly ImageFormatException Fail(string problem) => input.Fail($"{name} {problem}");
}
