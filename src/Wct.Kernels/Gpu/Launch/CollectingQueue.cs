using System.Runtime.ExceptionServices;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>A queue that can hold one thread's launches back until it knows them all, and has the driver do them in one call if they came before.</summary>
/// <remarks>
/// Nothing overtakes what is held back: whatever must come behind it (a copy, another thread's launch, freeing memory) has it enqueued first, one by one,
/// and then the thread's other launches go one by one too. So results and their order are the same as without.
/// </remarks>
/// <param name="inner">Becomes its own.</param>
/// <param name="recorder">The same one's driver.</param>
internal sealed class CollectingQueue(GpuQueue inner, ILaunchRecorder recorder) : GpuQueue
{
    private readonly LaunchList _held = new();
    private readonly Recordings _recordings = new(recorder);

    // The thread between Begin and End, 0 for none; whether its launches are still held back.
    private int _thread;
    private bool _holds;
    private ExceptionDispatchInfo? _failure;

    internal override long LargestBuffer => inner.LargestBuffer;

    /// <summary>From now on, this thread's launches are held back.</summary>
    /// <returns>False where a thread's launches are held back already; there is no <see cref="End"/> then.</returns>
    internal bool Begin()
    {
        if (_thread != 0)
            return false;
        (_thread, _holds) = (Environment.CurrentManagedThreadId, true);
        return true;
    }

    /// <summary>Enqueues what is held back.</summary>
    /// <exception cref="GpuException">The driver refuses, or did when another thread had a launch enqueued.</exception>
    internal void End()
    {
        (ExceptionDispatchInfo? failure, bool isWhole) = (_failure, _holds);
        (_failure, _thread, _holds) = (null, 0, false);
        failure?.Throw();
        try
        {
            if (isWhole && !_recordings.Run(_held))
                _held.EnqueueOn(inner);
        }
        finally
        {
            _held.Clear();
        }
    }

    /// <summary>Enqueues what is held back of operations that failed: theirs is the failure to be told.</summary>
    internal void Break()
    {
        try
        {
            _held.EnqueueOn(inner);
        }
        catch (Exception error) when (error is GpuException or OutOfMemoryException)
        {
        }
        finally
        {
            (_failure, _thread, _holds) = (null, 0, false);
            _held.Clear();
        }
    }

    /// <summary>Enqueues what is held back, and holds nothing back from now on: before a launch whose failure must be known at once.</summary>
    internal void Release()
    {
        LetGo();
        _holds = false;
    }

    /// <summary>Drops what is held back: with the device's memory, all that it was for goes.</summary>
    internal void Drop() => _held.Clear();

    /// <summary>Frees all recordings.</summary>
    internal void Forget() => _recordings.Clear();

    internal override GpuBuffer Allocate(long bytes) => inner.Allocate(bytes);

    // Who frees memory isn't who is to be told.
    internal override void Free(GpuBuffer buffer)
    {
        LetGo(tellsLater: true);
        _recordings.Forget(buffer);
        inner.Free(buffer);
    }

    internal override PinnedMemory AllocatePinned(int bytes) => inner.AllocatePinned(bytes);

    internal override void Free(PinnedMemory memory) => inner.Free(memory);

    internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes)
    {
        LetGo();
        return inner.CopyIn(source, destination, offset, bytes);
    }

    internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes)
    {
        LetGo();
        return inner.CopyOut(source, offset, destination, bytes);
    }

    internal override void Wait(nint mark) => inner.Wait(mark);

    internal override nint Load(KernelModule module) => inner.Load(module);

    internal override void Enqueue(KernelModule module, nint kernel, GridSize groups, ReadOnlySpan<GpuArgument> arguments)
    {
        if (_holds && _thread == Environment.CurrentManagedThreadId)
        {
            _held.Add(module, kernel, groups, arguments);
            return;
        }

        LetGo();
        inner.Enqueue(module, kernel, groups, arguments);
    }

    public override void Dispose()
    {
        // A thread may not have come to its end yet: what it waits for goes nowhere any more.
        Drop();
        _recordings.Clear();
        inner.Dispose();
    }

    // What was asked for before any launch is behind nothing, and leaves the list whole.
    private void LetGo(bool tellsLater = false)
    {
        if (_held.Count == 0)
            return;
        _holds = false;
        try
        {
            _held.EnqueueOn(inner);
        }
        catch (Exception error) when (tellsLater || _thread != Environment.CurrentManagedThreadId)
        {
            // It is told at the end, to whom it belongs: another thread's operation has nothing to do with it.
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            _held.Clear();
        }
    }
}
