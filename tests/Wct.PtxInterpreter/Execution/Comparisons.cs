using System.Numerics;

namespace Wct.PtxInterpreter.Execution;

/// <summary>A comparison of two values of a thread.</summary>
/// <remarks>PTX has two forms of each comparison: if a value is NaN, one is false and the other ("OrNone" here) is true.</remarks>
internal interface IComparison<T>
{
    static abstract bool Do(T a, T b);
}

internal readonly struct Equal<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => a == b;
}

internal readonly struct Unequal<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => a < b || a > b;
}

internal readonly struct Less<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => a < b;
}

internal readonly struct LessOrEqual<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => a <= b;
}

internal readonly struct Greater<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => a > b;
}

internal readonly struct GreaterOrEqual<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => a >= b;
}

internal readonly struct EqualOrNone<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => !(a < b || a > b);
}

internal readonly struct UnequalOrNone<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => !(a == b);
}

internal readonly struct LessOrNone<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => !(a >= b);
}

internal readonly struct LessOrEqualOrNone<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => !(a > b);
}

internal readonly struct GreaterOrNone<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => !(a <= b);
}

internal readonly struct GreaterOrEqualOrNone<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Do(T a, T b) => !(a < b);
}
