using System.Numerics;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>Loops of checked loads and stores.</summary>
internal static unsafe class MemoryLoops
{
    /// <summary>Loads consecutive values into registers, which may be larger.</summary>
    internal static PtxOperation Load<TSpace, TMemory, TRegister>(PtxSlot[] to, PtxSlot start, int offset)
        where TSpace : struct, ISpace
        where TMemory : unmanaged, INumber<TMemory>
        where TRegister : unmanaged, INumber<TRegister> => (block, threads) =>
    {
        int count = to.Length, bytes = count * sizeof(TMemory);
        TRegister** registers = stackalloc TRegister*[count];
        for (int k = 0; k < count; k++)
            registers[k] = block.Lanes<TRegister>(to[k]);
        Addresses addresses = new(block, start, offset);
        foreach (int i in threads)
        {
            TMemory* source = (TMemory*)TSpace.At(block, addresses.Of(i), bytes, i);
            for (int k = 0; k < count; k++)
                registers[k][i] = TRegister.CreateTruncating(source[k]);
        }
    };

    /// <summary>Stores the lower parts of registers as consecutive values.</summary>
    internal static PtxOperation Store<TSpace, TMemory>(PtxSlot[] from, PtxSlot start, int offset)
        where TSpace : struct, ISpace
        where TMemory : unmanaged => (block, threads) =>
    {
        int count = from.Length, bytes = count * sizeof(TMemory), stride = from[0].Bytes;
        byte** registers = stackalloc byte*[count];
        for (int k = 0; k < count; k++)
            registers[k] = block.Lanes<byte>(from[k], out _);
        Addresses addresses = new(block, start, offset);
        foreach (int i in threads)
        {
            TMemory* destination = (TMemory*)TSpace.At(block, addresses.Of(i), bytes, i);
            for (int k = 0; k < count; k++)
                destination[k] = *(TMemory*)(registers[k] + i * stride);
        }
    };
}
