using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

/// <summary>An activation function of vectors, for loops that are compiled once per function.</summary>
internal interface IActivationFunction<TVec>
    where TVec : unmanaged, IVec<TVec, float>
{
    /// <summary>The function's value.</summary>
    TVec Apply(TVec value);

    /// <summary>The gradient with respect to the function's argument.</summary>
    /// <param name="output">The function's value.</param>
    /// <param name="gradient">The gradient with respect to the value.</param>
    TVec Gradient(TVec output, TVec gradient);
}

/// <summary>Clamps to a range: no activation, ReLU, or the range of pictures.</summary>
internal readonly struct RangeClamp<TVec>(float low, float high) : IActivationFunction<TVec>
    where TVec : unmanaged, IVec<TVec, float>
{
    private readonly TVec _low = TVec.Broadcast(low), _high = TVec.Broadcast(high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Apply(TVec value) => TVec.Min(TVec.Max(value, _low), _high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Gradient(TVec output, TVec gradient)
    {
        TVec zero = TVec.Broadcast(0);
        return TVec.SelectGreater(output, _low, TVec.SelectGreater(_high, output, gradient, zero), zero);
    }
}

/// <summary>x if x &gt; 0, and slope·x otherwise.</summary>
internal readonly struct LeakyRectifier<TVec>(float slope) : IActivationFunction<TVec>
    where TVec : unmanaged, IVec<TVec, float>
{
    private readonly TVec _slope = TVec.Broadcast(slope);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Apply(TVec value) => TVec.SelectGreater(value, TVec.Broadcast(0), value, _slope * value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Gradient(TVec output, TVec gradient) => TVec.SelectGreater(output, TVec.Broadcast(0), gradient, _slope * gradient);
}
