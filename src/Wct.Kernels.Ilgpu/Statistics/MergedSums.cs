using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>The segments' sums become one, in their order, divided by a number.</summary>
internal static class MergedSums
{
    private const int GroupSize = 256;

    /// <param name="parts">[count, length].</param>
    /// <param name="result">[length].</param>
    /// <param name="divisor">What each sum is divided by.</param>
    [KernelName("MergedSums"), Group(GroupSize)]
    internal static void Run(ArrayView<double> parts, ArrayView<double> result, int count, int length, int divisor)
    {
        int i = Grid.IdxX * GroupSize + Group.IdxX;
        if (i >= length)
            return;
        double sum = 0;
        for (int part = 0; part < count; part++)
            sum += parts[(long)part * length + i];
        result[i] = sum / divisor;
    }
}
