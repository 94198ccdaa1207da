using ILGPU;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>What the kernels for sums of channels share: how groups and threads divide channels and pixels.</summary>
/// <remarks>A group does 32 channels of a segment, its threads in lines of which each takes every eighth pixel.</remarks>
internal static class ChannelLines
{
    internal const int GroupSize = 256, Channels = 32, Lines = GroupSize / Channels;

    /// <summary>The sum of all lines, for a thread of the first.</summary>
    /// <param name="lines">[lines, channels].</param>
    /// <param name="sum">The thread's own.</param>
    internal static double Sum(ArrayView<double> lines, double sum)
    {
        for (int i = 1; i < Lines; i++)
            sum += lines[i * Channels + Group.IdxX];
        return sum;
    }
}
