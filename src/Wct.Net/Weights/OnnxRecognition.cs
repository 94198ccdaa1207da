using Wct.Net.Onnx;

namespace Wct.Net.Weights;

/// <summary>Tells ONNX models by the fields of their outermost message; protobuf has no mark of its own.</summary>
internal static class OnnxRecognition
{
    // ir_version, model_version: integers. Producer, domain, graph, operator sets, metadata, ..: with a length.
    private static readonly int[] Integers = [OnnxFields.Model.IrVersion, 5], Delimited = [2, 3, 4, 6, 7, 8, 14, 20, 25, 26];

    private const int MostFields = 100, MostIrVersion = 1000;

    /// <summary>Whether a file is a model, or the beginning of one: a version of the format first, known fields behind it, a graph or
    /// operator sets among them.</summary>
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
                // A file that was cut short is still one.
                if (value > (ulong)cursor.Remaining)
                    return hasBody;
                cursor.Skip((long)value);
            }
        }
        catch (WeightsFormatException)
        {
            // A number that is cut off.
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
