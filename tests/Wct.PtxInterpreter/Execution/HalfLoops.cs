using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>Loops that convert to and from half precision and TF32.</summary>
internal static unsafe class HalfLoops
{
    // TF32 has 10 fraction bits, float 23.
    private const uint DroppedBits = (1 << 13) - 1, NoNumber = 0x7FFFFFFF;

    /// <summary>Rounds to the nearest TF32 number; ties round away from zero.</summary>
    internal static PtxOperation RoundToTensor(PtxSlot to, PtxSlot from) => (block, threads) =>
    {
        uint* result = block.Lanes<uint>(to), value = block.Lanes<uint>(from);
        foreach (int i in threads)
        {
            result[i] = !float.IsFinite(BitConverter.UInt32BitsToSingle(value[i]))
                ? float.IsNaN(BitConverter.UInt32BitsToSingle(value[i])) ? NoNumber : value[i]
                : unchecked(value[i] + (DroppedBits + 1) / 2) & ~DroppedBits;
        }
    };

    /// <summary>Converts 32 bits to the TF32 number that the tensor cores read from them.</summary>
    internal static float Tensor(uint bits) => BitConverter.UInt32BitsToSingle(bits & ~DroppedBits);

    /// <summary>Rounds to two halves; the first operand is the upper one.</summary>
    internal static PtxOperation Pair(PtxSlot to, PtxSlot high, PtxSlot low) => (block, threads) =>
    {
        uint* result = block.Lanes<uint>(to);
        float* a = block.Lanes<float>(high), b = block.Lanes<float>(low);
        foreach (int i in threads)
            result[i] = (uint)BitConverter.HalfToUInt16Bits((Half)a[i]) << 16 | BitConverter.HalfToUInt16Bits((Half)b[i]);
    };

    /// <summary>Converts one of the two halves in a register.</summary>
    internal static float Half(uint pair, int part) => (float)BitConverter.UInt16BitsToHalf((ushort)(pair >> (16 * part)));
}
