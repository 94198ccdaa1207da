using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Optimizers;

internal static unsafe partial class AdamUpdate
{
    /// <summary>Updates whole vectors, then the remaining elements one by one. An element's result doesn't depend on its
    /// position.</summary>
    internal static void Run<TVec>(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> square, in AdamStep step)
        where TVec : unmanaged, IVec<TVec, float>
    {
        fixed (float* x = parameters, g = gradients, m = mean, v = square)
        {
            long whole = parameters.Length / TVec.Count * TVec.Count;
            Range<TVec>(x, g, m, v, 0, whole, step);
            Range<VecScalar<float>>(x, g, m, v, whole, parameters.Length, step);
        }
    }

    private static void Range<TVec>(float* x, float* g, float* m, float* v, long first, long end, in AdamStep step)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec beta1 = TVec.Broadcast((float)step.Beta1), rest1 = TVec.Broadcast((float)(1 - step.Beta1));
        TVec beta2 = TVec.Broadcast((float)step.Beta2), rest2 = TVec.Broadcast((float)(1 - step.Beta2));
        TVec scale = TVec.Broadcast((float)step.GradientScale), epsilon = TVec.Broadcast((float)step.Epsilon);
        TVec size = TVec.Broadcast(-step.StepSize), root = TVec.Broadcast(step.RootScale);
        for (long i = first; i < end; i += TVec.Count)
        {
            TVec gradient = scale * TVec.Load(g + i);
            TVec average = TVec.MultiplyAdd(beta1, TVec.Load(m + i), rest1 * gradient);
            TVec energy = TVec.MultiplyAdd(beta2, TVec.Load(v + i), rest2 * gradient * gradient);
            average.Store(m + i);
            energy.Store(v + i);
            TVec.MultiplyAdd(size, average / TVec.MultiplyAdd(TVec.Sqrt(energy), root, epsilon), TVec.Load(x + i)).Store(x + i);
        }
    }
}
