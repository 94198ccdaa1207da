using System.Numerics;

namespace Wct.PtxInterpreter.Execution;

/// <summary>An operation on one value of a thread.</summary>
internal interface IUnary<T>
{
    static abstract T Do(T value);
}

/// <summary>An operation on two values of a thread.</summary>
internal interface IBinary<T>
    where T : unmanaged
{
    /// <summary>Whether vectors give the same result.</summary>
    static virtual bool HasVectors => false;

    static abstract T Do(T a, T b);

    static virtual Vector<T> Do(Vector<T> a, Vector<T> b) => throw new NotSupportedException();
}

/// <summary>A shift of the bits of a thread's value.</summary>
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

/// <summary>Negates a predicate, which is 0 or 1.</summary>
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

/// <remarks>On GPUs, a division by zero has an undefined result. Here all bits of the result are 1.</remarks>
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

/// <summary>If one operand is NaN, the other is the result.</summary>
internal readonly struct Smaller<T> : IBinary<T>
    where T : unmanaged, INumber<T>
{
    public static T Do(T a, T b) => T.MinNumber(a, b);
}

/// <summary>If one operand is NaN, the other is the result.</summary>
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

/// <summary>A shift by the number of bits or more gives 0; C# would take the distance modulo the number of bits.</summary>
internal readonly struct Left<T> : IShift<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static unsafe T Do(T value, uint distance) => distance >= 8 * sizeof(T) ? T.Zero : value << (int)distance;
}

/// <summary>A shift by the number of bits or more leaves only the sign.</summary>
internal readonly struct Right<T> : IShift<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static unsafe T Do(T value, uint distance) =>
        distance < 8 * sizeof(T) ? value >> (int)distance : T.IsNegative(value) ? T.AllBitsSet : T.Zero;
}
