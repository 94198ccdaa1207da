using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;
using static Wct.Kernels.Elementwise.TanhCoefficients;

namespace Wct.Kernels.Elementwise;

/// <summary>tanh(x) as the quotient of <see cref="TanhCoefficients"/>.</summary>
internal readonly struct HyperbolicTangent<TVec> : IActivationFunction<TVec>
    where TVec : unmanaged, IVec<TVec, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Apply(TVec value)
    {
        TVec one = TVec.Broadcast(1), minusOne = TVec.Broadcast(-1);
        TVec x = TVec.Min(TVec.Max(value, TVec.Broadcast(-Largest)), TVec.Broadcast(Largest)), square = x * x;
        TVec p = TVec.MultiplyAdd(square, TVec.Broadcast(P5), TVec.Broadcast(P4));
        p = TVec.MultiplyAdd(square, p, TVec.Broadcast(P3));
        p = TVec.MultiplyAdd(square, p, TVec.Broadcast(P2));
        p = TVec.MultiplyAdd(square, p, TVec.Broadcast(P1));
        p = TVec.MultiplyAdd(square, p, one);
        TVec q = TVec.MultiplyAdd(square, TVec.Broadcast(Q4), TVec.Broadcast(Q3));
        q = TVec.MultiplyAdd(square, q, TVec.Broadcast(Q2));
        q = TVec.MultiplyAdd(square, q, TVec.Broadcast(Q1));
        q = TVec.MultiplyAdd(square, q, one);
        // Rounding can give a result just beyond 1.
        return TVec.Max(TVec.Min(x * p / q, one), minusOne);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Gradient(TVec output, TVec gradient)
    {
        TVec one = TVec.Broadcast(1);
        // (1 - y)·(1 + y) keeps more digits than 1 - y² where y is near 1.
        return gradient * ((one - output) * (one + output));
    }
}
