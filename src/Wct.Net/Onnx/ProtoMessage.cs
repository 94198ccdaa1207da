using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Net.Onnx;

/// <summary>A message in protobuf's wire format, put together field by field.</summary>
/// <remarks>After protobuf.dev/programming-guides/encoding. Arrays are referred to, not copied: they leave memory when the message is
/// written.</remarks>
internal sealed class ProtoMessage
{
    // The two wire types that ONNX files need here.
    private const int Number = 0, Delimited = 2;

    private readonly List<Array> _parts = [];

    /// <summary>Bytes so far.</summary>
    internal long Length { get; private set; }

    /// <summary>Adds an integer; negative ones take ten bytes.</summary>
    internal ProtoMessage Add(int field, long value) => Varint(Key(field, Number)).Varint((ulong)value);

    /// <summary>Adds a text.</summary>
    internal ProtoMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds the bytes of numbers, little-endian; the array must not change until the message is written.</summary>
    internal ProtoMessage Add(int field, Array numbers) =>
        Varint(Key(field, Delimited)).Varint((ulong)Buffer.ByteLength(numbers)).Append(numbers);

    /// <summary>Adds a message as it is now.</summary>
    internal ProtoMessage Add(int field, ProtoMessage message)
    {
        Varint(Key(field, Delimited)).Varint((ulong)message.Length);
        message._parts.ForEach(part => Append(part));
        return this;
    }

    /// <summary>Writes all fields in the order in which they were added.</summary>
    internal void WriteTo(Stream stream)
    {
        foreach (Array part in _parts)
            stream.Write(MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(part), Buffer.ByteLength(part)));
    }

    private static ulong Key(int field, int wireType) => (ulong)(field << 3 | wireType);

    private ProtoMessage Append(Array part)
    {
        _parts.Add(part);
        Length += Buffer.ByteLength(part);
        return this;
    }

    // Seven bits per byte, the lowest first; the top bit says that more follow.
    private ProtoMessage Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return Append(bytes.ToArray());
    }
}
