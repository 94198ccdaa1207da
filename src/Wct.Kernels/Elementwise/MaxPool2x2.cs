using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static partial class MaxPool2x2
{
    /// <summary>Pools row by row, and writes the output's borders.</summary>
    internal static void Run<TVec>(CpuTensor input, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float> => Pool2x2.Run<TVec, Maximum>(input, output, workers);

    private readonly struct Maximum : IPooling
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVec Of<TVec>(TVec upperLeft, TVec upperRight, TVec lowerLeft, TVec lowerRight)
            where TVec : unmanaged, IVec<TVec, float> =>
            TVec.Max(TVec.Max(upperLeft, upperRight), TVec.Max(lowerLeft, lowerRight));
    }
}
