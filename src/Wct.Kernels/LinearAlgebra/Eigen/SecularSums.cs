using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>A secular equation that can be evaluated at a point.</summary>
/// <param name="poles">[padded].</param>
/// <param name="weights">[padded], zero in the padding.</param>
/// <param name="padded">A multiple of 16.</param>
/// <param name="constant">1/ρ.</param>
internal readonly unsafe struct SecularSums<TVec>(double* poles, double* weights, int padded, double constant)
    where TVec : unmanaged, IVec<TVec, double>
{
    internal double* Poles { get; } = poles;

    internal double* Weights { get; } = weights;

    /// <summary>Evaluates the equation at pole + shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal SecularValue At(double pole, double shift)
    {
        TVec origin = TVec.Broadcast(pole), shifts = TVec.Broadcast(shift), zero = TVec.Broadcast(0);
        TVec below = zero, above = zero, belowSlope = zero, aboveSlope = zero;
        for (int i = 0; i < padded; i += TVec.Count)
        {
            TVec weight = TVec.Load(Weights + i), ratio = weight / (TVec.Load(Poles + i) - origin - shifts);
            // Weights are positive, so the sign of a ratio shows on which side of the point its pole is.
            TVec negative = TVec.Min(ratio, zero), positive = TVec.Max(ratio, zero);
            below = TVec.MultiplyAdd(weight, negative, below);
            above = TVec.MultiplyAdd(weight, positive, above);
            belowSlope = TVec.MultiplyAdd(negative, negative, belowSlope);
            aboveSlope = TVec.MultiplyAdd(positive, positive, aboveSlope);
        }

        return new SecularValue(constant, TVec.Sum(below), TVec.Sum(above), TVec.Sum(belowSlope), TVec.Sum(aboveSlope), padded);
    }

    /// <summary>Computes dᵢ − λ for λ = pole + shift, with the same operations as <see cref="At"/>.</summary>
    /// <param name="pole">The pole that the shift is relative to.</param>
    /// <param name="shift">Distance of λ from the pole.</param>
    /// <param name="distances">[padded].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Distances(double pole, double shift, double* distances)
    {
        TVec origin = TVec.Broadcast(pole), shifts = TVec.Broadcast(shift);
        for (int i = 0; i < padded; i += TVec.Count)
            (TVec.Load(Poles + i) - origin - shifts).Store(distances + i);
    }
}

/// <summary>Value of a secular equation at a point: the sums over the poles below and above it, and their slopes.</summary>
internal readonly struct SecularValue(double constant, double below, double above, double belowSlope, double aboveSlope, int terms)
{
    private const double Epsilon = 2.220446049250313e-16;

    internal double Sum => constant + below + above;

    internal double BelowSlope { get; } = belowSlope;

    internal double AboveSlope { get; } = aboveSlope;

    /// <summary>Whether the value could be rounding error alone.</summary>
    internal bool IsNoise => Math.Abs(Sum) <= terms * Epsilon * (constant - below + above);
}
