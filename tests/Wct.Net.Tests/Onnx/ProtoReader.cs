using System.Text;

namespace Wct.Net.Tests.Onnx;

/// <summary>Parses a protobuf message into fields by number, in their order. Supports varints and length-delimited fields.</summary>
internal sealed class ProtoReader
{
    private readonly List<(int Field, long Number, byte[]? Bytes)> _fields = [];

    internal ProtoReader(byte[] bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            long key = Varint(bytes, ref at), value = Varint(bytes, ref at);
            switch (key & 7)
            {
                case 0:
                    _fields.Add(((int)(key >> 3), value, null));
                    break;
                case 2:
                    _fields.Add(((int)(key >> 3), 0, bytes[at..(at + checked((int)value))]));
                    at += (int)value;
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7} at byte {at}");
            }
        }
    }

    internal byte[][] All(int field) => [.. _fields.Where(entry => entry.Field == field).Select(entry => entry.Bytes!)];

    internal byte[] Bytes(int field) => Assert.Single(All(field));

    internal string[] Texts(int field) => Array.ConvertAll(All(field), Encoding.UTF8.GetString);

    internal string Text(int field) => Assert.Single(Texts(field));

    internal ProtoReader[] Messages(int field) => Array.ConvertAll(All(field), bytes => new ProtoReader(bytes));

    internal ProtoReader Message(int field) => Assert.Single(Messages(field));

    internal long[] Numbers(int field) => [.. _fields.Where(entry => entry.Field == field).Select(entry => entry.Number)];

    private static long Varint(byte[] bytes, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
