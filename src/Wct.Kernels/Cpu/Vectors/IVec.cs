namespace Wct.Kernels.Cpu.Vectors;

/// <summary>A vector of numbers: the one thing that kernels are written over, so that each is written once for every width.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe interface IVec<TSelf, T>
    where TSelf : unmanaged, IVec<TSelf, T>
    where T : unmanaged
{
    /// <summary>Lanes: a power of two, at most 16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(T* source);

    /// <summary>Loads floats, widened where the lanes are doubles.</summary>
    static abstract TSelf LoadSingles(float* source);

    static abstract TSelf Broadcast(T value);

    void Store(T* destination);

    /// <summary>Stores floats, rounded where the lanes are doubles.</summary>
    void StoreSingles(float* destination);

    /// <summary>a·b + c, fused where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>Lane by lane, <paramref name="yes"/> where a = b, else <paramref name="no"/>.</summary>
    static abstract TSelf SelectEqual(TSelf a, TSelf b, TSelf yes, TSelf no);

    /// <summary>Sum of the lanes, always in the same order.</summary>
    static abstract T Sum(TSelf a);
}
