using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>Adds the sums of all segments in order, and divides by a number.</summary>
internal static class MergedSums
{
    private const int ThreadBlockSize = 256;

    /// <param name="parts">[count, length].</param>
    /// <param name="result">[length].</param>
    /// <param name="count">Number of segments.</param>
    /// <param name="length">Number of sums of a segment.</param>
    /// <param name="divisor">Divisor of each sum.</param>
    [KernelName("MergedSums"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(ArrayView<double> parts, ArrayView<double> result, int count, int length, int divisor)
    {
        int i = Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= length)
            return;
        double sum = 0;
        for (int part = 0; part < count; part++)
            sum += parts[(long)part * length + i];
        result[i] = sum / divisor;
    }
}
