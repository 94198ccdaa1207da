using ILGPU;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>Divides the work of the kernels that sum channels.</summary>
/// <remarks>A thread block sums 32 channels of a segment. Its threads form eight lines, and each line sums every eighth pixel.</remarks>
internal static class ChannelLines
{
    /// <summary>Channels that a thread block sums.</summary>
    [HostConstant]
    internal const int Channels = 32;

    internal const int ThreadBlockSize = 256, Lines = ThreadBlockSize / Channels;

    /// <summary>Adds the lines' sums. Only threads of the first line call it.</summary>
    /// <param name="lines">[lines, channels].</param>
    /// <param name="sum">The thread's own sum.</param>
    internal static double Sum(ArrayView<double> lines, double sum)
    {
        for (int i = 1; i < Lines; i++)
            sum += lines[i * Channels + Group.IdxX];
        return sum;
    }
}
