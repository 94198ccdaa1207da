using System.Runtime.ExceptionServices;
using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>One run of a kernel over its groups.</summary>
internal sealed unsafe class PtxLaunch
{
    private PtxLaunch(PtxKernel kernel, InterpretedMemory memory, GridSize groups, int threads, byte* parameters)
    {
        (Kernel, Memory, Groups, Threads) = (kernel, memory, groups, threads);
        Parameters = parameters;
    }

    internal PtxKernel Kernel { get; }

    internal InterpretedMemory Memory { get; }

    internal GridSize Groups { get; }

    /// <summary>Of a group.</summary>
    internal int Threads { get; }

    internal byte* Parameters { get; }

    /// <summary>Runs all groups, in no order, and returns when they are done.</summary>
    /// <param name="arguments">Pointers to where each argument lies; as many bytes are taken as its parameter has.</param>
    /// <exception cref="PtxException">A group did what a card doesn't allow.</exception>
    internal static void Run(PtxKernel kernel, InterpretedMemory memory, GridSize groups, int threads, ReadOnlySpan<nint> arguments)
    {
        if (arguments.Length != kernel.Parameters.Count)
            throw new PtxException($"{kernel.Name} got {arguments.Length} arguments, it has {kernel.Parameters.Count}.");
        if (threads > kernel.MostThreads)
            throw new PtxException($"{kernel.Name} got groups of {threads} threads, it takes {kernel.MostThreads}.");
        byte* parameters = stackalloc byte[kernel.ParameterBytes];
        int index = 0;
        foreach ((int offset, int bytes) in kernel.Parameters.Values)
            Buffer.MemoryCopy((void*)arguments[index++], parameters + offset, bytes, bytes);
        PtxLaunch launch = new(kernel, memory, groups, threads, parameters);
        try
        {
            Parallel.For(
                0L, (long)groups.X * groups.Y * groups.Z, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                () => new ThreadGroup(launch), launch.RunGroup, group => group.Dispose());
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    private ThreadGroup RunGroup(long number, ParallelLoopState state, ThreadGroup group)
    {
        (long row, long x) = Math.DivRem(number, Groups.X);
        (long z, long y) = Math.DivRem(row, Groups.Y);
        group.Begin((int)x, (int)y, (int)z);
        // Each order has its groups. What only one group does goes from the first warp on, which is the one that adds up what all others found.
        group.Schedule.Run((number % 4) switch
        {
            0 => ThreadOrder.FirstWarpFirst,
            2 => ThreadOrder.LastWarpFirst,
            _ => ThreadOrder.Together,
        });
        return group;
    }
}
