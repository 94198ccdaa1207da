using System.Runtime.InteropServices;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>Launches in their order, with all their arguments.</summary>
internal sealed class LaunchList
{
    private readonly List<Entry> _launches = [];

    // Of all launches, one after the other.
    private readonly List<GpuArgument> _arguments = [];

    internal int Count => _launches.Count;

    /// <param name="arguments">As many as the module takes.</param>
    internal void Add(KernelModule module, nint kernel, GridSize groups, ReadOnlySpan<GpuArgument> arguments)
    {
        _launches.Add(new Entry(module, kernel, groups));
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

    /// <summary>Whether the device would do the very same: the same kernels on the same memory with the same numbers.</summary>
    internal bool IsSame(LaunchList other) =>
        CollectionsMarshal.AsSpan(_launches).SequenceEqual(CollectionsMarshal.AsSpan(other._launches))
        && CollectionsMarshal.AsSpan(_arguments).SequenceEqual(CollectionsMarshal.AsSpan(other._arguments));

    /// <summary>Whether a launch reads or writes that memory.</summary>
    internal bool Names(GpuBuffer buffer) => _arguments.Contains(buffer);

    /// <summary>Enqueues them one by one.</summary>
    internal void EnqueueOn(GpuQueue queue)
    {
        ReadOnlySpan<GpuArgument> arguments = CollectionsMarshal.AsSpan(_arguments);
        foreach (Entry launch in _launches)
        {
            int count = launch.Module.ElementBytes.Length;
            queue.Enqueue(launch.Module, launch.Kernel, launch.Groups, arguments[..count]);
            arguments = arguments[count..];
        }
    }

    private readonly record struct Entry(KernelModule Module, nint Kernel, GridSize Groups);
}
