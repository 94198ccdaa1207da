using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>Remembers lists of launches. If a list comes a second time, the driver records it.</summary>
/// <remarks>
/// A recording has fixed addresses and runs only in place of an equal list: the same kernels, grids, buffers and ints. It is therefore
/// never stale, even if the buffers' contents changed. Freeing a buffer frees the recordings that use it.
/// </remarks>
internal sealed class Recordings(ILaunchRecorder recorder)
{
    /// <summary>Number of lists that are kept: enough for the networks of all levels, for pictures or tiles of several sizes.</summary>
    internal const int Capacity = 64;

    // A single launch isn't recorded, because replaying it would also take one call to the driver.
    private const int LeastLaunches = 2;

    // The latest first.
    private readonly List<Recording> _kept = [];
    private bool _refused;

    /// <summary>Replays a list that came before. When it comes the second time, it is recorded first.</summary>
    /// <returns>Whether the list was enqueued. If not, none of its launches were.</returns>
    internal bool Run(LaunchList launches)
    {
        if (_refused || launches.Count < LeastLaunches)
            return false;
        if (Take(launches) is { } recording)
            return Run(recording);
        if (_kept.Count == Capacity)
            Drop(Capacity - 1);
        _kept.Insert(0, new Recording(launches.Copy()));
        return false;
    }

    /// <summary>Frees the recordings that use a buffer.</summary>
    internal void Forget(GpuBuffer buffer)
    {
        for (int i = _kept.Count - 1; i >= 0; i--)
        {
            if (_kept[i].Launches.Uses(buffer))
                Drop(i);
        }
    }

    /// <summary>Frees all recordings.</summary>
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
            // Recording only saves time, so after a failure it is not tried again. If the device itself is broken, the launches fail too.
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

        /// <summary>The driver's handle; 0 while the list has come only once.</summary>
        internal nint Handle { get; set; }
    }
}
