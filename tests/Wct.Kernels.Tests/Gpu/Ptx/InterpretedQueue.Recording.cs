using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Tests.Gpu.Ptx;

// Recordings by a driver's rules: while it records, nothing else may be asked of it; a recording runs with the arguments that it had, wherever they point.
internal sealed partial class InterpretedQueue : ILaunchRecorder
{
    private readonly Dictionary<nint, List<RecordedLaunch>> _recordings = [];
    private List<RecordedLaunch>? _recording;
    private nint _last;

    /// <summary>Kernels that were enqueued one by one and run.</summary>
    internal int Launches { get; private set; }

    /// <summary>Times that a recording was asked for, had or not.</summary>
    internal int Asked { get; private set; }

    /// <summary>Times that a recording was run.</summary>
    internal int Replays { get; private set; }

    /// <summary>Recordings that are there.</summary>
    internal int Recordings => _recordings.Count;

    /// <summary>What a driver that can't record throws.</summary>
    internal Exception? RecordFailure { get; set; }

    /// <summary>What a driver that can't run what it recorded throws.</summary>
    internal Exception? ReplayFailure { get; set; }

    /// <summary>What the next launch throws, instead of being run.</summary>
    internal Exception? LaunchFailure { get; set; }

    public nint Record(LaunchList launches)
    {
        CheckNotRecording();
        Asked++;
        _recording = [];
        try
        {
            launches.EnqueueOn(this);
            if (RecordFailure is not null)
                throw RecordFailure;
            _recordings.Add(++_last, _recording);
            return _last;
        }
        finally
        {
            _recording = null;
        }
    }

    public void Replay(nint recording)
    {
        CheckNotRecording();
        if (ReplayFailure is not null)
            throw ReplayFailure;
        foreach (RecordedLaunch launch in _recordings[recording])
            Run(launch.Module, launch.Groups, launch.Arguments);
        Replays++;
    }

    public void Forget(nint recording)
    {
        if (!_recordings.Remove(recording))
            throw new PtxException($"Recording {recording} is freed that is not there.");
    }

    private bool Keeps(KernelModule module, GridSize groups, ReadOnlySpan<GpuArgument> arguments)
    {
        if (_recording is not null)
        {
            _recording.Add(new RecordedLaunch(module, groups, arguments.ToArray()));
            return true;
        }

        if (LaunchFailure is { } failure)
        {
            LaunchFailure = null;
            throw failure;
        }

        Launches++;
        return false;
    }

    private void CheckNotRecording()
    {
        if (_recording is not null)
            throw new PtxException("Something else than a launch is asked for while launches are recorded.");
    }

    private void CheckNotRecorded(GpuBuffer buffer)
    {
        if (_recordings.Values.Any(launches => launches.Exists(launch => launch.Arguments.Contains(buffer))))
            throw new PtxException($"Memory at {buffer.Handle:x} is freed that a recording uses.");
    }

    private void CheckNothingRecorded()
    {
        if (_recordings.Count > 0)
            throw new PtxException($"{_recordings.Count} recordings are left.");
    }

    private sealed record RecordedLaunch(KernelModule Module, GridSize Groups, GpuArgument[] Arguments);
}
