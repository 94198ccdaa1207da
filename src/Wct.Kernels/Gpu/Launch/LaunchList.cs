using System.Runtime.InteropServices;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>A list of launches with their arguments, in order.</summary>
internal sealed class LaunchList
{
    private readonly List<Entry> _launches = [];

    // The arguments of all launches, one launch after the other.
    private readonly List<GpuArgument> _arguments = [];

    internal int Count => _launches.Count;

    /// <summary>Adds a launch.</summary>
    /// <param name="module">The kernel.</param>
    /// <param name="kernel">The driver's handle, from <see cref="GpuQueue.Load"/>.</param>
    /// <param name="grid">Thread blocks in each dimension.</param>
    /// <param name="arguments">One per parameter of the kernel, in order.</param>
    internal void Add(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        _launches.Add(new Entry(module, kernel, grid));
        _arguments.AddRange(arguments);
    }

    internal void Clear()
    {
        _launches.Clear();
        _arguments.Clear();
    }

    internal LaunchList Copy()
    {
        LaunchList copy = new();
        copy._launches.AddRange(_launches);
        copy._arguments.AddRange(_arguments);
        return copy;
    }

    /// <summary>Whether both lists launch the same kernels with the same grids, buffers and ints.</summary>
    internal bool IsSame(LaunchList other) =>
        CollectionsMarshal.AsSpan(_launches).SequenceEqual(CollectionsMarshal.AsSpan(other._launches))
        && CollectionsMarshal.AsSpan(_arguments).SequenceEqual(CollectionsMarshal.AsSpan(other._arguments));

    /// <summary>Whether a launch has the buffer as an argument.</summary>
    internal bool Uses(GpuBuffer buffer) => _arguments.Contains(buffer);

    /// <summary>Enqueues the launches one by one.</summary>
    internal void EnqueueOn(GpuQueue queue)
    {
        ReadOnlySpan<GpuArgument> arguments = CollectionsMarshal.AsSpan(_arguments);
        foreach (Entry launch in _launches)
        {
            int count = launch.Module.Parameters.Length;
            queue.Enqueue(launch.Module, launch.Kernel, launch.Grid, arguments[..count]);
            arguments = arguments[count..];
        }
    }

    private readonly record struct Entry(KernelModule Module, nint Kernel, GridSize Grid);
}
