using System.Runtime.ExceptionServices;
using Wct.Kernels.Gpu.Launch;

namespace Wct.PtxInterpreter.Execution;

/// <summary>One launch of a kernel.</summary>
internal sealed unsafe class PtxLaunch
{
    private PtxLaunch(PtxKernel kernel, InterpretedMemory memory, GridSize grid, int threads, byte* parameters)
    {
        (Kernel, Memory, Grid, Threads) = (kernel, memory, grid, threads);
        Parameters = parameters;
    }

    internal PtxKernel Kernel { get; }

    internal InterpretedMemory Memory { get; }

    internal GridSize Grid { get; }

    /// <summary>Number of threads per thread block.</summary>
    internal int Threads { get; }

    internal byte* Parameters { get; }

    /// <summary>Runs all thread blocks, in no particular order, and returns when they are done.</summary>
    /// <param name="arguments">A pointer to each argument; the kernel's parameter gives the number of bytes to read.</param>
    /// <exception cref="PtxException">A thread did something that a GPU doesn't allow.</exception>
    internal static void Run(PtxKernel kernel, InterpretedMemory memory, GridSize grid, int threads, ReadOnlySpan<nint> arguments)
    {
        if (arguments.Length != kernel.Parameters.Count)
            throw new PtxException($"{kernel.Name} got {arguments.Length} arguments, it has {kernel.Parameters.Count}.");
        if (threads > kernel.MostThreads)
            throw new PtxException($"{kernel.Name} got thread blocks of {threads} threads, it takes {kernel.MostThreads}.");
        byte* parameters = stackalloc byte[kernel.ParameterBytes];
        int index = 0;
        foreach ((int offset, int bytes) in kernel.Parameters.Values)
            Buffer.MemoryCopy((void*)arguments[index++], parameters + offset, bytes, bytes);
        PtxLaunch launch = new(kernel, memory, grid, threads, parameters);
        try
        {
            Parallel.For(
                0L, (long)grid.X * grid.Y * grid.Z, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                () => new ThreadBlock(launch), launch.RunBlock, block => block.Dispose());
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    private ThreadBlock RunBlock(long number, ParallelLoopState state, ThreadBlock block)
    {
        (long row, long x) = Math.DivRem(number, Grid.X);
        (long z, long y) = Math.DivRem(row, Grid.Y);
        block.Begin((int)x, (int)y, (int)z);
        // A quarter of the thread blocks run the first warp first, a quarter the last warp first, and half run all threads together. A
        // single thread block runs the first warp first, because that warp adds up the other warps' results.
        block.Schedule.Run((number % 4) switch
        {
            0 => ThreadOrder.FirstWarpFirst,
            2 => ThreadOrder.LastWarpFirst,
            _ => ThreadOrder.Together,
        });
        return block;
    }
}
