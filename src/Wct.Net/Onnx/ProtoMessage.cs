using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Net.Onnx;

/// <summary>A message in protobuf's wire format that is built field by field.</summary>
/// <remarks>See protobuf.dev/programming-guides/encoding. Arrays are referenced and not copied, so that a message doesn't need memory for a
/// second copy of the weights.</remarks>
internal sealed class ProtoMessage
{
    // The wire types that are needed here.
    private const int Number = 0, Delimited = 2, Single = 5;

    private readonly List<Array> _parts = [];

    /// <summary>Length of the message so far, in bytes.</summary>
    internal long Length { get; private set; }

    /// <summary>Adds an integer. Negative integers take ten bytes.</summary>
    internal ProtoMessage Add(int field, long value) => Varint(Key(field, Number)).Varint((ulong)value);

    /// <summary>Adds a float.</summary>
    internal ProtoMessage Add(int field, float value) => Varint(Key(field, Single)).Append((float[])[value]);

    /// <summary>Adds a string.</summary>
    internal ProtoMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds the bytes of numbers, little-endian; the array must not change until the message is written.</summary>
    internal ProtoMessage Add(int field, Array numbers) =>
        Varint(Key(field, Delimited)).Varint((ulong)Buffer.ByteLength(numbers)).Append(numbers);

    /// <summary>Adds a message with its current fields.</summary>
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

    // Seven bits per byte, lowest first; the top bit is set if more bytes follow.
    private ProtoMessage Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return Append(bytes.ToArray());
    }
}
