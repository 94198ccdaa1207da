using System.Numerics;
using System.Runtime.Intrinsics;
using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>An operation's loop over the threads that run it.</summary>
/// <remarks>Most run for all threads of a warp or a group: those loops have no indices, and sums and products of them take vectors.</remarks>
internal static unsafe class LaneLoops
{
    internal static PtxOperation Unary<T, TOperation>(PtxSlot to, PtxSlot from)
        where T : unmanaged
        where TOperation : struct, IUnary<T> => (group, threads) =>
    {
        T* result = group.Lanes<T>(to), value = group.Lanes<T>(from);
        if (AreNeighbors(threads))
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
        where TOperation : struct, IBinary<T> => (group, threads) =>
    {
        T* result = group.Lanes<T>(to), a = group.Lanes<T>(left), b = group.Lanes<T>(right);
        if (AreNeighbors(threads))
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
        where TOperation : struct, IShift<T> => (group, threads) =>
    {
        T* result = group.Lanes<T>(to), value = group.Lanes<T>(from);
        uint* by = group.Lanes<uint>(distance);
        foreach (int i in threads)
            result[i] = TOperation.Do(value[i], by[i]);
    };

    internal static PtxOperation ProductSum<T>(PtxSlot to, PtxSlot left, PtxSlot right, PtxSlot addend)
        where T : unmanaged, IBinaryInteger<T> => (group, threads) =>
    {
        T* result = group.Lanes<T>(to), a = group.Lanes<T>(left), b = group.Lanes<T>(right), c = group.Lanes<T>(addend);
        foreach (int i in threads)
            result[i] = unchecked(a[i] * b[i] + c[i]);
    };

    internal static PtxOperation FusedSum<T>(PtxSlot to, PtxSlot left, PtxSlot right, PtxSlot addend)
        where T : unmanaged, IFloatingPointIeee754<T> => (group, threads) =>
    {
        T* result = group.Lanes<T>(to), a = group.Lanes<T>(left), b = group.Lanes<T>(right), c = group.Lanes<T>(addend);
        foreach (int i in threads)
            result[i] = T.FusedMultiplyAdd(a[i], b[i], c[i]);
    };

    internal static PtxOperation WideProduct<T, TWide>(PtxSlot to, PtxSlot left, PtxSlot right, PtxSlot addend)
        where T : unmanaged, IBinaryInteger<T>
        where TWide : unmanaged, IBinaryInteger<TWide> => (group, threads) =>
    {
        T* a = group.Lanes<T>(left), b = group.Lanes<T>(right);
        TWide* result = group.Lanes<TWide>(to), c = group.Lanes<TWide>(addend);
        foreach (int i in threads)
            result[i] = unchecked(TWide.CreateTruncating(a[i]) * TWide.CreateTruncating(b[i]) + c[i]);
    };

    internal static PtxOperation Compare<T, TComparison>(PtxSlot to, PtxSlot left, PtxSlot right)
        where T : unmanaged
        where TComparison : struct, IComparison<T> => (group, threads) =>
    {
        byte* result = group.Lanes<byte>(to);
        T* a = group.Lanes<T>(left), b = group.Lanes<T>(right);
        foreach (int i in threads)
            result[i] = TComparison.Do(a[i], b[i]) ? (byte)1 : (byte)0;
    };

    internal static PtxOperation Select<T>(PtxSlot to, PtxSlot left, PtxSlot right, PtxSlot predicate)
        where T : unmanaged => (group, threads) =>
    {
        byte* first = group.Lanes<byte>(predicate);
        T* result = group.Lanes<T>(to), a = group.Lanes<T>(left), b = group.Lanes<T>(right);
        foreach (int i in threads)
            result[i] = first[i] != 0 ? a[i] : b[i];
    };

    /// <summary>To any type but from real to whole numbers; to the nearest where digits are lost.</summary>
    internal static PtxOperation Convert<TFrom, TTo, TRegister>(PtxSlot to, PtxSlot from)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
        where TRegister : unmanaged, INumber<TRegister> => (group, threads) =>
    {
        byte* value = group.Lanes<byte>(from, out int stride);
        TRegister* result = group.Lanes<TRegister>(to);
        foreach (int i in threads)
            result[i] = TRegister.CreateTruncating(TTo.CreateTruncating(*(TFrom*)(value + i * stride)));
    };

    /// <summary>From real to whole numbers: what is too large gives the largest, what is no number gives 0.</summary>
    internal static PtxOperation Truncate<TFrom, TTo, TRegister>(PtxSlot to, PtxSlot from, bool nearest)
        where TFrom : unmanaged, IFloatingPoint<TFrom>
        where TTo : unmanaged, INumber<TTo>
        where TRegister : unmanaged, INumber<TRegister> => (group, threads) =>
    {
        TFrom* value = group.Lanes<TFrom>(from);
        TRegister* result = group.Lanes<TRegister>(to);
        foreach (int i in threads)
            result[i] = TRegister.CreateTruncating(TTo.CreateSaturating(nearest ? TFrom.Round(value[i], MidpointRounding.ToEven) : TFrom.Truncate(value[i])));
    };

    /// <summary>Two halves as one, the lower one first.</summary>
    internal static PtxOperation Join<T, THalf>(PtxSlot to, PtxSlot low, PtxSlot high)
        where T : unmanaged, IBinaryInteger<T>
        where THalf : unmanaged, IBinaryInteger<THalf> => (group, threads) =>
    {
        T* result = group.Lanes<T>(to);
        THalf* a = group.Lanes<THalf>(low), b = group.Lanes<THalf>(high);
        foreach (int i in threads)
            result[i] = T.CreateTruncating(a[i]) | (T.CreateTruncating(b[i]) << (8 * sizeof(THalf)));
    };

    /// <summary>The halves of one, the lower one first.</summary>
    internal static PtxOperation Part<T, THalf>(PtxSlot low, PtxSlot high, PtxSlot from)
        where T : unmanaged, IBinaryInteger<T>
        where THalf : unmanaged, IBinaryInteger<THalf> => (group, threads) =>
    {
        T* value = group.Lanes<T>(from);
        THalf* a = group.Lanes<THalf>(low), b = group.Lanes<THalf>(high);
        foreach (int i in threads)
            (a[i], b[i]) = (THalf.CreateTruncating(value[i]), THalf.CreateTruncating(value[i] >> (8 * sizeof(THalf))));
    };

    private static bool AreNeighbors(ReadOnlySpan<int> threads) => threads[^1] - threads[0] == threads.Length - 1;
}
