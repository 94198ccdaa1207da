using System.Numerics;
using System.Runtime.Intrinsics;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>Loops over the threads that run an operation.</summary>
/// <remarks>Most operations run for all threads of a warp or thread block. Their loops need no thread indices, so arithmetic can use
/// vectors.</remarks>
internal static unsafe class LaneLoops
{
    internal static PtxOperation Unary<T, TOperation>(PtxSlot to, PtxSlot from)
        where T : unmanaged
        where TOperation : struct, IUnary<T> => (block, threads) =>
    {
        T* result = block.Lanes<T>(to), value = block.Lanes<T>(from);
        if (AreConsecutive(threads))
        {
            result += threads[0];
            value += threads[0];
            for (int i = 0; i < threads.Length; i++)
                result[i] = TOperation.Do(value[i]);
            return;
        }

        foreach (int i in threads)
            result[i] = TOperation.Do(value[i]);
    };

    internal static PtxOperation Binary<T, TOperation>(PtxSlot to, PtxSlot left, PtxSlot right)
        where T : unmanaged
        where TOperation : struct, IBinary<T> => (block, threads) =>
    {
        T* result = block.Lanes<T>(to), a = block.Lanes<T>(left), b = block.Lanes<T>(right);
        if (AreConsecutive(threads))
        {
            int i = 0;
            result += threads[0];
            a += threads[0];
            b += threads[0];
            if (TOperation.HasVectors && Vector<T>.IsSupported)
            {
                for (; i <= threads.Length - Vector<T>.Count; i += Vector<T>.Count)
                    TOperation.Do(Vector.Load(a + i), Vector.Load(b + i)).Store(result + i);
            }

            for (; i < threads.Length; i++)
                result[i] = TOperation.Do(a[i], b[i]);
            return;
        }

        foreach (int i in threads)
            result[i] = TOperation.Do(a[i], b[i]);
    };

    internal static PtxOperation Shift<T, TOperation>(PtxSlot to, PtxSlot from, PtxSlot distance)
        where T : unmanaged
        where TOperation : struct, IShift<T> => (block, threads) =>
    {
        T* result = block.Lanes<T>(to), value = block.Lanes<T>(from);
        uint* by = block.Lanes<uint>(distance);
        foreach (int i in threads)
            result[i] = TOperation.Do(value[i], by[i]);
    };

    internal static PtxOperation ProductSum<T>(PtxSlot to, PtxSlot left, PtxSlot right, PtxSlot addend)
        where T : unmanaged, IBinaryInteger<T> => (block, threads) =>
    {
        T* result = block.Lanes<T>(to), a = block.Lanes<T>(left), b = block.Lanes<T>(right), c = block.Lanes<T>(addend);
        foreach (int i in threads)
            result[i] = unchecked(a[i] * b[i] + c[i]);
    };

    internal static PtxOperation FusedSum<T>(PtxSlot to, PtxSlot left, PtxSlot right, PtxSlot addend)
        where T : unmanaged, IFloatingPointIeee754<T> => (block, threads) =>
    {
        T* result = block.Lanes<T>(to), a = block.Lanes<T>(left), b = block.Lanes<T>(right), c = block.Lanes<T>(addend);
        foreach (int i in threads)
            result[i] = T.FusedMultiplyAdd(a[i], b[i], c[i]);
    };

    internal static PtxOperation WideProduct<T, TWide>(PtxSlot to, PtxSlot left, PtxSlot right, PtxSlot addend)
        where T : unmanaged, IBinaryInteger<T>
        where TWide : unmanaged, IBinaryInteger<TWide> => (block, threads) =>
    {
        T* a = block.Lanes<T>(left), b = block.Lanes<T>(right);
        TWide* result = block.Lanes<TWide>(to), c = block.Lanes<TWide>(addend);
        foreach (int i in threads)
            result[i] = unchecked(TWide.CreateTruncating(a[i]) * TWide.CreateTruncating(b[i]) + c[i]);
    };

    internal static PtxOperation Compare<T, TComparison>(PtxSlot to, PtxSlot left, PtxSlot right)
        where T : unmanaged
        where TComparison : struct, IComparison<T> => (block, threads) =>
    {
        byte* result = block.Lanes<byte>(to);
        T* a = block.Lanes<T>(left), b = block.Lanes<T>(right);
        foreach (int i in threads)
            result[i] = TComparison.Do(a[i], b[i]) ? (byte)1 : (byte)0;
    };

    internal static PtxOperation Select<T>(PtxSlot to, PtxSlot left, PtxSlot right, PtxSlot predicate)
        where T : unmanaged => (block, threads) =>
    {
        byte* first = block.Lanes<byte>(predicate);
        T* result = block.Lanes<T>(to), a = block.Lanes<T>(left), b = block.Lanes<T>(right);
        foreach (int i in threads)
            result[i] = first[i] != 0 ? a[i] : b[i];
    };

    /// <summary>Converts between types, except from floats to integers; rounds to nearest.</summary>
    internal static PtxOperation Convert<TFrom, TTo, TRegister>(PtxSlot to, PtxSlot from)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
        where TRegister : unmanaged, INumber<TRegister> => (block, threads) =>
    {
        byte* value = block.Lanes<byte>(from, out int stride);
        TRegister* result = block.Lanes<TRegister>(to);
        foreach (int i in threads)
            result[i] = TRegister.CreateTruncating(TTo.CreateTruncating(*(TFrom*)(value + i * stride)));
    };

    /// <summary>Converts floats to integers. Too large values saturate, and NaN gives 0.</summary>
    internal static PtxOperation Truncate<TFrom, TTo, TRegister>(PtxSlot to, PtxSlot from, bool nearest)
        where TFrom : unmanaged, IFloatingPoint<TFrom>
        where TTo : unmanaged, INumber<TTo>
        where TRegister : unmanaged, INumber<TRegister> => (block, threads) =>
    {
        TFrom* value = block.Lanes<TFrom>(from);
        TRegister* result = block.Lanes<TRegister>(to);
        foreach (int i in threads)
        {
            TFrom whole = nearest ? TFrom.Round(value[i], MidpointRounding.ToEven) : TFrom.Truncate(value[i]);
            result[i] = TRegister.CreateTruncating(TTo.CreateSaturating(whole));
        }
    };

    /// <summary>Combines two halves, the lower one first.</summary>
    internal static PtxOperation Join<T, THalf>(PtxSlot to, PtxSlot low, PtxSlot high)
        where T : unmanaged, IBinaryInteger<T>
        where THalf : unmanaged, IBinaryInteger<THalf> => (block, threads) =>
    {
        T* result = block.Lanes<T>(to);
        THalf* a = block.Lanes<THalf>(low), b = block.Lanes<THalf>(high);
        foreach (int i in threads)
            result[i] = T.CreateTruncating(a[i]) | (T.CreateTruncating(b[i]) << (8 * sizeof(THalf)));
    };

    /// <summary>Splits a value into halves, the lower one first.</summary>
    internal static PtxOperation Part<T, THalf>(PtxSlot low, PtxSlot high, PtxSlot from)
        where T : unmanaged, IBinaryInteger<T>
        where THalf : unmanaged, IBinaryInteger<THalf> => (block, threads) =>
    {
        T* value = block.Lanes<T>(from);
        THalf* a = block.Lanes<THalf>(low), b = block.Lanes<THalf>(high);
        foreach (int i in threads)
            (a[i], b[i]) = (THalf.CreateTruncating(value[i]), THalf.CreateTruncating(value[i] >> (8 * sizeof(THalf))));
    };

    private static bool AreConsecutive(ReadOnlySpan<int> threads) => threads[^1] - threads[0] == threads.Length - 1;
}
