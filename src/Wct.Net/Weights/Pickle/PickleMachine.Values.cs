using System.Buffers.Binary;
using System.Globalization;

namespace Wct.Net.Weights.Pickle;

internal sealed partial class PickleMachine
{
    // Limits strings such as keys; a state dictionary has no longer ones.
    private const int MostTextBytes = 1 << 20;

    private static readonly object True = true, False = false;

    private bool Value(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.None: Push(null); break;
            case Opcode.NewTrue: Push(True); break;
            case Opcode.NewFalse: Push(False); break;
            case Opcode.Int: Push(Decimal()); break;
            case Opcode.Long: Push(Decimal()); break;
            case Opcode.BinInt: Push((long)input.ReadInt32()); break;
            case Opcode.BinInt1: Push((long)input.ReadByte()); break;
            case Opcode.BinInt2: Push((long)input.ReadUInt16()); break;
            case Opcode.Long1: Push(Long(input.ReadByte())); break;
            case Opcode.Long4: Push(Long((uint)input.ReadInt32())); break;
            case Opcode.BinFloat: Push(input.ReadDoubleBigEndian()); break;
            case Opcode.ShortBinUnicode: Push(input.ReadText(input.ReadByte())); break;
            case Opcode.BinUnicode: Push(input.ReadText((uint)input.ReadInt32(), MostTextBytes)); break;
            case Opcode.BinUnicode8: Push(input.ReadText(input.ReadInt64(), MostTextBytes)); break;

            // Strings of Python 2, which are the keys of older state dictionaries.
            case Opcode.ShortBinString: Push(input.ReadText(input.ReadByte())); break;
            case Opcode.BinString: Push(input.ReadText(input.ReadInt32(), MostTextBytes)); break;

            case Opcode.ShortBinBytes: PushBytes(input.ReadByte()); break;
            case Opcode.BinBytes: PushBytes((uint)input.ReadInt32()); break;
            case Opcode.BinBytes8 or Opcode.ByteArray8: PushBytes(input.ReadInt64()); break;
            default: return false;
        }

        return true;
    }

    // Bytes contain no weights, so they are skipped without being read.
    private void PushBytes(long count)
    {
        input.Skip(count);
        Push(PickleBytes.Instance);
    }

    private object Decimal()
    {
        string line = input.ReadLine().TrimEnd('L');
        return line switch
        {
            "00" => False,
            "01" => True,
            _ when Int128.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 value) => Boxed(value),
            _ => throw input.Fail($"'{line}' is no integer of 128 bits"),
        };
    }

    // Two's complement, little-endian. 16 bytes are enough for the magic number, which is the longest integer that torch.save writes.
    private object Long(long bytes)
    {
        if (bytes > 16)
            throw input.Fail($"an integer of {bytes} bytes; the limit is 16");
        ReadOnlySpan<byte> given = input.Take((int)bytes);
        Span<byte> whole = stackalloc byte[16];
        whole.Fill(bytes > 0 && given[^1] >= 0x80 ? (byte)0xFF : (byte)0);
        given.CopyTo(whole);
        return Boxed(BinaryPrimitives.ReadInt128LittleEndian(whole));
    }

    // Integers that fit are long, so that the type doesn't depend on the opcode.
    private static object Boxed(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
}
