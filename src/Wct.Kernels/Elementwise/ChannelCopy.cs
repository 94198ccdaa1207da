using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static unsafe partial class ChannelCopy
{
    /// <summary>Copies runs of channels that are neighbors in both tensors, with their borders. If the last channel of the destination is
    /// among them, the lanes beyond it are set to zero.</summary>
    internal static void Run<TVec>(CpuTensor source, int first, CpuTensor destination, int firstDestination, int count, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int lanes = destination.Layout.Lanes, end = firstDestination + count;
        workers.Run((end - 1) / lanes - firstDestination / lanes + 1, task =>
        {
            int block = firstDestination / lanes + task, last = Math.Min(end, (block + 1) * lanes);
            for (int channel = Math.Max(firstDestination, block * lanes); channel < last;)
                channel += CopyRun<TVec>(source, first + channel - firstDestination, destination, channel, last - channel);
            if (last == destination.Shape.Channels)
                ClearRest(destination, last);
        });
    }

    // Copies up to count channels, as many as are neighbors in the source, and returns their number.
    private static int CopyRun<TVec>(CpuTensor source, int from, CpuTensor destination, int to, int count)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int sourceLanes = source.Layout.Lanes, lanes = destination.Layout.Lanes, run = Math.Min(count, sourceLanes - from % sourceLanes);
        float* left = source.Data + from / sourceLanes * source.Layout.BlockStride + from % sourceLanes;
        float* right = destination.Data + to / lanes * destination.Layout.BlockStride + to % lanes;
        long pixels = source.Layout.BlockPixels;
        if (run % TVec.Count == 0)
            CopyLanes<TVec>(left, sourceLanes, right, lanes, run, pixels);
        else
            CopyLanes<VecScalar<float>>(left, sourceLanes, right, lanes, run, pixels);
        return run;
    }

    private static void CopyLanes<TVec>(float* source, int sourceStep, float* target, int step, int run, long pixels)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (long pixel = 0; pixel < pixels; pixel++, source += sourceStep, target += step)
        {
            for (int lane = 0; lane < run; lane += TVec.Count)
                TVec.Load(source + lane).Store(target + lane);
        }
    }

    private static void ClearRest(CpuTensor tensor, int channel)
    {
        int lanes = tensor.Layout.Lanes, rest = tensor.Layout.Blocks * lanes - channel;
        float* target = tensor.Data + (long)(tensor.Layout.Blocks - 1) * tensor.Layout.BlockStride + lanes - rest;
        for (long pixel = 0; pixel < tensor.Layout.BlockPixels && rest > 0; pixel++, target += lanes)
            new Span<float>(target, rest).Clear();
    }
}
