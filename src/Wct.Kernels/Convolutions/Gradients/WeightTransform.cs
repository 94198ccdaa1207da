using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Computes Gᵀ·m·G, which transforms Winograd's 36 positions back to nine taps.</summary>
internal static unsafe class WeightTransform
{
    /// <summary>Transforms the sums of one output channel and adds them to its weight gradients.</summary>
    /// <param name="sums">[36, output channels, <paramref name="stride"/>].</param>
    /// <param name="positionStride">Elements from one position to the next.</param>
    /// <param name="channel">Output channel.</param>
    /// <param name="stride">Number of input channels, rounded up to whole blocks.</param>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="weights">[O, I, 3, 3].</param>
    internal static void Run<TVec>(float* sums, long positionStride, int channel, int stride, ConvolutionShape shape, float* weights)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float* taps = stackalloc float[9 * BlockedLayout.BlockLanes];
        for (int i = 0; i < shape.InChannels; i += TVec.Count)
        {
            Taps<TVec>(sums + (long)channel * stride + i, positionStride, taps);
            for (int lane = 0; lane < Math.Min(TVec.Count, shape.InChannels - i); lane++)
            {
                float* target = weights + ((long)channel * shape.InChannels + i + lane) * 9;
                for (int tap = 0; tap < 9; tap++)
                    target[tap] += taps[tap * TVec.Count + lane];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps<TVec>(float* sums, long positionStride, float* taps)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float* half = stackalloc float[3 * 6 * BlockedLayout.BlockLanes];
        for (int column = 0; column < 6; column++)
            Three<TVec>(sums + column * positionStride, 6 * positionStride, half + column * TVec.Count, 6 * TVec.Count);
        for (int row = 0; row < 3; row++)
            Three<TVec>(half + row * 6 * TVec.Count, TVec.Count, taps + row * 3 * TVec.Count, TVec.Count);
    }

    // Multiplies Gᵀ by a column of six.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Three<TVec>(float* input, long step, float* output, long outStep)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec m1 = TVec.Load(input + step), m2 = TVec.Load(input + 2 * step), m3 = TVec.Load(input + 3 * step),
            m4 = TVec.Load(input + 4 * step);
        TVec sixth = TVec.Broadcast(1f / 6), minusSixth = TVec.Broadcast(-1f / 6);
        TVec near = minusSixth * (m1 + m2), far = m3 + m4;
        TVec.MultiplyAdd(TVec.Broadcast(0.25f), TVec.Load(input), TVec.MultiplyAdd(TVec.Broadcast(1f / 24), far, near)).Store(output);
        TVec.MultiplyAdd(sixth, m2 - m1, TVec.Broadcast(1f / 12) * (m3 - m4)).Store(output + outStep);
        (TVec.MultiplyAdd(sixth, far, near) + TVec.Load(input + 5 * step)).Store(output + 2 * outStep);
    }
}
