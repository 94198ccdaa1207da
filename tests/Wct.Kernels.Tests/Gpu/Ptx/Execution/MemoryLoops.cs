using System.Numerics;
using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>Loads and stores of the threads, each checked.</summary>
internal static unsafe class MemoryLoops
{
    /// <summary>Numbers that lie side by side go to registers, which may be larger than they.</summary>
    internal static PtxOperation Load<TSpace, TMemory, TRegister>(PtxSlot[] to, PtxSlot start, int offset)
        where TSpace : struct, ISpace
        where TMemory : unmanaged, INumber<TMemory>
        where TRegister : unmanaged, INumber<TRegister> => (group, threads) =>
    {
        int count = to.Length, bytes = count * sizeof(TMemory);
        TRegister** registers = stackalloc TRegister*[count];
        for (int k = 0; k < count; k++)
            registers[k] = group.Lanes<TRegister>(to[k]);
        Addresses addresses = new(group, start, offset);
        foreach (int i in threads)
        {
            TMemory* source = (TMemory*)TSpace.At(group, addresses.Of(i), bytes, i);
            for (int k = 0; k < count; k++)
                registers[k][i] = TRegister.CreateTruncating(source[k]);
        }
    };

    /// <summary>The lower parts of registers go where they shall lie side by side.</summary>
    internal static PtxOperation Store<TSpace, TMemory>(PtxSlot[] from, PtxSlot start, int offset)
        where TSpace : struct, ISpace
        where TMemory : unmanaged => (group, threads) =>
    {
        int count = from.Length, bytes = count * sizeof(TMemory), stride = from[0].Bytes;
        byte** registers = stackalloc byte*[count];
        for (int k = 0; k < count; k++)
            registers[k] = group.Lanes<byte>(from[k], out _);
        Addresses addresses = new(group, start, offset);
        foreach (int i in threads)
        {
            TMemory* destination = (TMemory*)TSpace.At(group, addresses.Of(i), bytes, i);
            for (int k = 0; k < count; k++)
                destination[k] = *(TMemory*)(registers[k] + i * stride);
        }
    };
}
