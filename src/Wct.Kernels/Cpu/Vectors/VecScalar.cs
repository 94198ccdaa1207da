using System.Numerics;

namespace Wct.Kernels.Cpu.Vectors;

/// <summary>A vector with one lane, for machines without SIMD and for tests of the generic drivers.</summary>
internal readonly unsafe struct VecScalar<T>(T value) : IVec<VecScalar<T>, T>
    where T : unmanaged, INumber<T>, IRootFunctions<T>
{
    private readonly T _value = value;

    public static int Count => 1;

    public static VecScalar<T> Load(T* source) => new(*source);

    public static VecScalar<T> LoadSingles(float* source) => new(T.CreateTruncating(*source));

    public static VecScalar<T> Broadcast(T value) => new(value);

    public void Store(T* destination) => *destination = _value;

    public void StoreSingles(float* destination) => *destination = float.CreateTruncating(_value);

    public static VecScalar<T> MultiplyAdd(VecScalar<T> a, VecScalar<T> b, VecScalar<T> c) =>
        new(T.MultiplyAddEstimate(a._value, b._value, c._value));

    public static VecScalar<T> operator +(VecScalar<T> a, VecScalar<T> b) => new(a._value + b._value);

    public static VecScalar<T> operator -(VecScalar<T> a, VecScalar<T> b) => new(a._value - b._value);

    public static VecScalar<T> operator *(VecScalar<T> a, VecScalar<T> b) => new(a._value * b._value);

    public static VecScalar<T> operator /(VecScalar<T> a, VecScalar<T> b) => new(a._value / b._value);

    public static VecScalar<T> Max(VecScalar<T> a, VecScalar<T> b) => new(T.Max(a._value, b._value));

    public static VecScalar<T> Min(VecScalar<T> a, VecScalar<T> b) => new(T.Min(a._value, b._value));

    public static VecScalar<T> Sqrt(VecScalar<T> a) => new(T.Sqrt(a._value));

    public static VecScalar<T> SelectEqual(VecScalar<T> a, VecScalar<T> b, VecScalar<T> ifEqual, VecScalar<T> otherwise) =>
        a._value == b._value ? ifEqual : otherwise;

    public static VecScalar<T> SelectGreater(VecScalar<T> a, VecScalar<T> b, VecScalar<T> ifGreater, VecScalar<T> otherwise) =>
        a._value > b._value ? ifGreater : otherwise;

    public static T Sum(VecScalar<T> a) => a._value;
}
