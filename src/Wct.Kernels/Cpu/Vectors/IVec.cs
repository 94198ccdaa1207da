namespace Wct.Kernels.Cpu.Vectors;

/// <summary>A SIMD vector. Kernels are generic over it, so each is written once for all widths.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe interface IVec<TSelf, T>
    where TSelf : unmanaged, IVec<TSelf, T>
    where T : unmanaged
{
    /// <summary>Number of lanes: a power of two, at most 16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(T* source);

    /// <summary>Loads floats; converts them if the lanes are doubles.</summary>
    /// <param name="source"><see cref="Count"/> floats.</param>
    static abstract TSelf LoadSingles(float* source);

    static abstract TSelf Broadcast(T value);

    void Store(T* destination);

    /// <summary>Stores floats; rounds if the lanes are doubles.</summary>
    /// <param name="destination"><see cref="Count"/> floats.</param>
    void StoreSingles(float* destination);

    /// <summary>a·b + c, as one fused operation if the hardware has it.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>Selects <paramref name="ifEqual"/> in lanes where a = b, and <paramref name="otherwise"/> elsewhere.</summary>
    static abstract TSelf SelectEqual(TSelf a, TSelf b, TSelf ifEqual, TSelf otherwise);

    /// <summary>Selects <paramref name="ifGreater"/> in lanes where a &gt; b, and <paramref name="otherwise"/> elsewhere, also where a or b
    /// is NaN.</summary>
    static abstract TSelf SelectGreater(TSelf a, TSelf b, TSelf ifGreater, TSelf otherwise);

    /// <summary>Sum of the lanes, always in the same order.</summary>
    static abstract T Sum(TSelf a);
}
