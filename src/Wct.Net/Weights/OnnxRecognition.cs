using Wct.Net.Onnx;

namespace Wct.Net.Weights;

/// <summary>Recognizes ONNX models by the fields of their outermost message, because protobuf files have no magic number.</summary>
internal static class OnnxRecognition
{
    // Integer fields are ir_version and model_version. Producer, domain, graph, operator sets, metadata and others are length-delimited.
    private static readonly int[] Integers = [OnnxFields.Model.IrVersion, 5], Delimited = [2, 3, 4, 6, 7, 8, 14, 20, 25, 26];

    private const int MostFields = 100, MostIrVersion = 1000;

    /// <summary>Whether a file is an ONNX model or the beginning of one: its first field is a format version, and only known fields follow,
    /// including a graph or operator sets.</summary>
    internal static bool IsModel(ByteSource source)
    {
        ByteCursor cursor = new(source, 0, source.Length);
        bool hasBody = false;
        try
        {
            for (int fields = 0; fields < MostFields && cursor.Remaining > 0; fields++)
            {
                ulong key = Varint(cursor), value = Varint(cursor);
                int field = (int)Math.Min(key >> 3, int.MaxValue);
                if (fields == 0 && (field != OnnxFields.Model.IrVersion || value is 0 or > MostIrVersion))
                    return false;
                if (!((key & 7) == 0 ? Integers : (key & 7) == 2 ? Delimited : []).Contains(field))
                    return false;
                if ((key & 7) == 0)
                    continue;
                hasBody |= field is OnnxFields.Model.Graph or OnnxFields.Model.OperatorSet;
                // A truncated model is still recognized.
                if (value > (ulong)cursor.Remaining)
                    return hasBody;
                cursor.Skip((long)value);
            }
        }
        catch (WeightsFormatException)
        {
            // The file is truncated within a number.
            return hasBody;
        }

        return hasBody;
    }

    private static ulong Varint(ByteCursor cursor)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = cursor.ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw cursor.Fail("a varint of more than ten bytes");
    }
}
