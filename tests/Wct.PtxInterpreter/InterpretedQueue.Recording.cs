using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.PtxInterpreter;

// Recordings follow the rules of CUDA graphs: only launches are allowed during recording, and a recording keeps its arguments.
internal sealed partial class InterpretedQueue : ILaunchRecorder
{
    private readonly Dictionary<nint, List<RecordedLaunch>> _recordings = [];
    private List<RecordedLaunch>? _recording;
    private nint _last;

    /// <summary>Number of kernels that were launched one by one.</summary>
    internal int Launches { get; private set; }

    /// <summary>Number of calls of <see cref="Record"/>, including those that failed.</summary>
    internal int RecordCalls { get; private set; }

    /// <summary>Number of replays that ran.</summary>
    internal int Replays { get; private set; }

    /// <summary>Number of recordings that are not freed.</summary>
    internal int Recordings => _recordings.Count;

    /// <summary>Thrown by <see cref="Record"/>, if set.</summary>
    internal Exception? RecordFailure { get; set; }

    /// <summary>Thrown by <see cref="Replay"/>, if set.</summary>
    internal Exception? ReplayFailure { get; set; }

    /// <summary>Thrown by the next launch instead of running it, if set.</summary>
    internal Exception? LaunchFailure { get; set; }

    public nint Record(LaunchList launches)
    {
        CheckNotRecording();
        RecordCalls++;
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
            Run(launch.Module, launch.Grid, launch.Arguments);
        Replays++;
    }

    public void Forget(nint recording)
    {
        if (!_recordings.Remove(recording))
            throw new PtxException($"Recording {recording} is freed that is not there.");
    }

    private bool TryRecord(KernelModule module, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        if (_recording is not null)
        {
            _recording.Add(new RecordedLaunch(module, grid, arguments.ToArray()));
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
            throw new PtxException("Only launches are allowed while launches are recorded.");
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

    private sealed record RecordedLaunch(KernelModule Module, GridSize Grid, GpuArgument[] Arguments);
}
