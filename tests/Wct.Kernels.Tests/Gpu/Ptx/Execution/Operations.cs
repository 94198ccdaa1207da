using System.Numerics;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>What an instruction does with one number of a thread.</summary>
internal interface IUnary<T>
{
    static abstract T Do(T value);
}

/// <summary>What an instruction does with two numbers of a thread.</summary>
internal interface IBinary<T>
    where T : unmanaged
{
    /// <summary>Whether vectors do the same.</summary>
    static virtual bool HasVectors => false;

    static abstract T Do(T a, T b);

    static virtual Vector<T> Do(Vector<T> a, Vector<T> b) => throw new NotSupportedException();
}

/// <summary>Where an instruction shifts the bits of a thread's number.</summary>
internal interface IShift<T>
{
    static abstract T Do(T value, uint distance);
}

internal readonly struct Same<T> : IUnary<T>
{
    public static T Do(T value) => value;
}

internal readonly struct Negative<T> : IUnary<T>
    where T : INumber<T>
{
    public static T Do(T value) => unchecked(-value);
}

internal readonly struct Complement<T> : IUnary<T>
    where T : IBinaryInteger<T>
{
    public static T Do(T value) => ~value;
}

/// <summary>Of a predicate, which is 0 or 1.</summary>
internal readonly struct Opposite<T> : IUnary<T>
    where T : IBinaryInteger<T>
{
    public static T Do(T value) => value ^ T.One;
}

internal readonly struct Sum<T> : IBinary<T>
    where T : unmanaged, INumber<T>
{
    public static bool HasVectors => true;

    public static T Do(T a, T b) => unchecked(a + b);

    public static Vector<T> Do(Vector<T> a, Vector<T> b) => a + b;
}

internal readonly struct Difference<T> : IBinary<T>
    where T : unmanaged, INumber<T>
{
    public static bool HasVectors => true;

    public static T Do(T a, T b) => unchecked(a - b);

    public static Vector<T> Do(Vector<T> a, Vector<T> b) => a - b;
}

internal readonly struct Product<T> : IBinary<T>
    where T : unmanaged, INumber<T>
{
    public static bool HasVectors => true;

    public static T Do(T a, T b) => unchecked(a * b);

    public static Vector<T> Do(Vector<T> a, Vector<T> b) => a * b;
}

internal readonly struct Ratio<T> : IBinary<T>
    where T : unmanaged, INumber<T>
{
    public static T Do(T a, T b) => a / b;
}

/// <remarks>By zero, cards give no number in particular; here it is one that is hardly right.</remarks>
internal readonly struct Quotient<T> : IBinary<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Do(T a, T b) => b == T.Zero ? T.AllBitsSet : T.IsNegative(b) && b == T.AllBitsSet ? unchecked(T.Zero - a) : a / b;
}

internal readonly struct Remainder<T> : IBinary<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Do(T a, T b) => b == T.Zero ? T.AllBitsSet : T.IsNegative(b) && b == T.AllBitsSet ? T.Zero : a % b;
}

/// <summary>Of a number and none, the number.</summary>
internal readonly struct Smaller<T> : IBinary<T>
    where T : unmanaged, INumber<T>
{
    public static T Do(T a, T b) => T.MinNumber(a, b);
}

/// <summary>Of a number and none, the number.</summary>
internal readonly struct Larger<T> : IBinary<T>
    where T : unmanaged, INumber<T>
{
    public static T Do(T a, T b) => T.MaxNumber(a, b);
}

internal readonly struct And<T> : IBinary<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Do(T a, T b) => a & b;
}

internal readonly struct Or<T> : IBinary<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Do(T a, T b) => a | b;
}

internal readonly struct Xor<T> : IBinary<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Do(T a, T b) => a ^ b;
}

/// <summary>By more than there are bits, all of them go; C# would take the distance's remainder.</summary>
internal readonly struct Left<T> : IShift<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static unsafe T Do(T value, uint distance) => distance >= 8 * sizeof(T) ? T.Zero : value << (int)distance;
}

/// <summary>By more than there are bits, the sign alone stays.</summary>
internal readonly struct Right<T> : IShift<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static unsafe T Do(T value, uint distance) =>
        distance < 8 * sizeof(T) ? value >> (int)distance : T.IsNegative(value) ? T.AllBitsSet : T.Zero;
}
