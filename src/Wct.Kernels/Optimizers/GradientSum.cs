using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Optimizers;

internal static unsafe partial class GradientSum
{
    // Elements per task: a piece of the sum stays in the L1 cache while all parts are added to it.
    private const int TaskLength = 4 << 10;

    /// <summary>Splits the sum into pieces of fixed length; each task adds all parts to one piece.</summary>
    internal static void Run<TVec>(IReadOnlyList<float[]> parts, Memory<float> sum, Workers workers)
        where TVec : unmanaged, IVec<TVec, float> => workers.Run((sum.Length + TaskLength - 1) / TaskLength, task =>
        {
            int first = task * TaskLength, length = Math.Min(TaskLength, sum.Length - first), whole = length / TVec.Count * TVec.Count;
            Span<float> piece = sum.Span.Slice(first, length);
            parts[0].AsSpan(first, length).CopyTo(piece);
            fixed (float* to = piece)
            {
                for (int part = 1; part < parts.Count; part++)
                {
                    fixed (float* from = &parts[part][first])
                    {
                        Add<TVec>(from, to, 0, whole);
                        Add<VecScalar<float>>(from, to, whole, length);
                    }
                }
            }
        });

    private static void Add<TVec>(float* from, float* to, int first, int end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (int i = first; i < end; i += TVec.Count)
            (TVec.Load(to + i) + TVec.Load(from + i)).Store(to + i);
    }
}
