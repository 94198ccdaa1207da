using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>Conversions to the short numbers that matrices are made of.</summary>
internal static unsafe class HalfLoops
{
    // tf32 has 10 bits behind the point, float 23.
    private const uint DroppedBits = (1 << 13) - 1, NoNumber = 0x7FFFFFFF;

    /// <summary>To the nearest tf32; from the middle away from zero.</summary>
    internal static PtxOperation RoundToTensor(PtxSlot to, PtxSlot from) => (group, threads) =>
    {
        uint* result = group.Lanes<uint>(to), value = group.Lanes<uint>(from);
        foreach (int i in threads)
        {
            result[i] = !float.IsFinite(BitConverter.UInt32BitsToSingle(value[i]))
                ? float.IsNaN(BitConverter.UInt32BitsToSingle(value[i])) ? NoNumber : value[i]
                : unchecked(value[i] + (DroppedBits + 1) / 2) & ~DroppedBits;
        }
    };

    /// <summary>What the tensor cores take of 32 bits.</summary>
    internal static float Tensor(uint bits) => BitConverter.UInt32BitsToSingle(bits & ~DroppedBits);

    /// <summary>Two halves; the first operand is the upper one.</summary>
    internal static PtxOperation Pair(PtxSlot to, PtxSlot high, PtxSlot low) => (group, threads) =>
    {
        uint* result = group.Lanes<uint>(to);
        float* a = group.Lanes<float>(high), b = group.Lanes<float>(low);
        foreach (int i in threads)
            result[i] = (uint)BitConverter.HalfToUInt16Bits((Half)a[i]) << 16 | BitConverter.HalfToUInt16Bits((Half)b[i]);
    };

    /// <summary>A half of a register that holds two.</summary>
    internal static float Half(uint pair, int part) => (float)BitConverter.UInt16BitsToHalf((ushort)(pair >> (16 * part)));
}
