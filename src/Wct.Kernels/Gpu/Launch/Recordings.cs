using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>Lists of launches that came, and the driver's recordings of those that came again.</summary>
/// <remarks>
/// A recording has fixed addresses, and runs only in place of a list that is the same to the last of them. So it can't be stale: whoever has the memory
/// by now, it does what the list would. Memory that goes back to the driver takes its recordings along.
/// </remarks>
internal sealed class Recordings(ILaunchRecorder recorder)
{
    /// <summary>How many lists are kept: the networks of all levels, for pictures or tiles of several sizes.</summary>
    internal const int Most = 64;

    // One call to the driver is as good as another.
    private const int LeastLaunches = 2;

    // The latest first.
    private readonly List<Recording> _kept = [];
    private bool _refused;

    /// <summary>Has the driver do a list that came before: the second time it records it, from then on it has it.</summary>
    /// <returns>Whether the list was enqueued; if not, nothing of it was.</returns>
    internal bool Run(LaunchList launches)
    {
        if (_refused || launches.Count < LeastLaunches)
            return false;
        if (Take(launches) is { } recording)
            return Run(recording);
        if (_kept.Count == Most)
            Drop(Most - 1);
        _kept.Insert(0, new Recording(launches.Copy()));
        return false;
    }

    /// <summary>Frees the recordings that use a piece of memory.</summary>
    internal void Forget(GpuBuffer buffer)
    {
        for (int i = _kept.Count - 1; i >= 0; i--)
        {
            if (_kept[i].Launches.Names(buffer))
                Drop(i);
        }
    }

    /// <summary>Frees all.</summary>
    internal void Clear()
    {
        while (_kept.Count > 0)
            Drop(_kept.Count - 1);
    }

    private bool Run(Recording recording)
    {
        _kept.Insert(0, recording);
        try
        {
            if (recording.Handle == 0)
                recording.Handle = recorder.Record(recording.Launches);
            recorder.Replay(recording.Handle);
            return true;
        }
        catch (Exception error) when (error is GpuException or OutOfMemoryException or EntryPointNotFoundException)
        {
            // It was to be quicker, nothing else: a driver that can't do it isn't asked again. If it is the device that is broken, the launches say so.
            _refused = true;
            Clear();
            return false;
        }
    }

    private Recording? Take(LaunchList launches)
    {
        for (int i = 0; i < _kept.Count; i++)
        {
            Recording candidate = _kept[i];
            if (!candidate.Launches.IsSame(launches))
                continue;
            _kept.RemoveAt(i);
            return candidate;
        }

        return null;
    }

    private void Drop(int index)
    {
        if (_kept[index].Handle != 0)
            recorder.Forget(_kept[index].Handle);
        _kept.RemoveAt(index);
    }

    private sealed class Recording(LaunchList launches)
    {
        internal LaunchList Launches => launches;

        /// <summary>The driver's; 0 as long as the list came once.</summary>
        internal nint Handle { get; set; }
    }
}
