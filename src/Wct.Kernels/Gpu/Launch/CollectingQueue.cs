using System.Runtime.ExceptionServices;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>A queue that collects one thread's kernel launches. If an equal list was collected before, it replays the recording of that
/// list instead (a CUDA graph).</summary>
/// <remarks>
/// Order is preserved. Before a copy, another thread's launch or the freeing of a buffer, all collected launches are enqueued one at a
/// time. Collecting then stops until the next <see cref="Begin"/>. The results are the same as without collecting.
/// </remarks>
/// <param name="inner">The device's queue. This queue disposes of it.</param>
/// <param name="recorder">The same device's recorder.</param>
internal sealed class CollectingQueue(GpuQueue inner, ILaunchRecorder recorder) : GpuQueue
{
    private readonly LaunchList _collected = new();
    private readonly Recordings _recordings = new(recorder);

    // The thread between Begin and End, or 0, and whether its launches are still collected.
    private int _thread;
    private bool _collects;
    private ExceptionDispatchInfo? _failure;

    internal override long LargestBuffer => inner.LargestBuffer;

    /// <summary>Starts collecting this thread's launches.</summary>
    /// <returns>False if launches are being collected already; then don't call <see cref="End"/>.</returns>
    internal bool Begin()
    {
        if (_thread != 0)
            return false;
        (_thread, _collects) = (Environment.CurrentManagedThreadId, true);
        return true;
    }

    /// <summary>Enqueues the collected launches, as a recording if an equal list was collected before.</summary>
    /// <exception cref="GpuException">The driver reports an error, or reported one earlier, when another thread's call or the freeing of a
    /// buffer enqueued the launches.</exception>
    internal void End()
    {
        // The list is incomplete if launches were enqueued before the end.
        (ExceptionDispatchInfo? failure, bool isComplete) = (_failure, _collects);
        (_failure, _thread, _collects) = (null, 0, false);
        failure?.Throw();
        try
        {
            if (isComplete && !_recordings.Run(_collected))
                _collected.EnqueueOn(inner);
        }
        finally
        {
            _collected.Clear();
        }
    }

    /// <summary>Ends collecting after the operations threw: enqueues what was collected and ignores driver errors, because the operations'
    /// exception is already being thrown.</summary>
    internal void Abort()
    {
        try
        {
            _collected.EnqueueOn(inner);
        }
        catch (Exception error) when (error is GpuException or OutOfMemoryException)
        {
        }
        finally
        {
            (_failure, _thread, _collects) = (null, 0, false);
            _collected.Clear();
        }
    }

    /// <summary>Enqueues the collected launches and stops collecting, before a launch whose error must be thrown at once.</summary>
    internal void FlushAndStop()
    {
        Flush();
        _collects = false;
    }

    /// <summary>Discards the collected launches, because the device's memory is about to be freed.</summary>
    internal void Discard() => _collected.Clear();

    /// <summary>Frees all recordings.</summary>
    internal void FreeRecordings() => _recordings.Clear();

    internal override GpuBuffer Allocate(long bytes) => inner.Allocate(bytes);

    // A launch error must be thrown on the thread that launched, not on the thread that frees memory.
    internal override void Free(GpuBuffer buffer)
    {
        Flush(defersErrors: true);
        _recordings.Forget(buffer);
        inner.Free(buffer);
    }

    internal override PinnedMemory AllocatePinned(int bytes) => inner.AllocatePinned(bytes);

    internal override void Free(PinnedMemory memory) => inner.Free(memory);

    internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes)
    {
        Flush();
        return inner.CopyIn(source, destination, offset, bytes);
    }

    internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes)
    {
        Flush();
        return inner.CopyOut(source, offset, destination, bytes);
    }

    internal override void WaitFor(nint deviceEvent) => inner.WaitFor(deviceEvent);

    internal override nint Load(KernelModule module) => inner.Load(module);

    internal override void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        if (_collects && _thread == Environment.CurrentManagedThreadId)
        {
            _collected.Add(module, kernel, grid, arguments);
            return;
        }

        Flush();
        inner.Enqueue(module, kernel, grid, arguments);
    }

    public override void Dispose()
    {
        // A thread may still be collecting; its launches are no longer needed.
        Discard();
        _recordings.Clear();
        inner.Dispose();
    }

    // If nothing is collected, order can't change, so collecting continues.
    private void Flush(bool defersErrors = false)
    {
        if (_collected.Count == 0)
            return;
        _collects = false;
        try
        {
            _collected.EnqueueOn(inner);
        }
        catch (Exception error) when (defersErrors || _thread != Environment.CurrentManagedThreadId)
        {
            // End throws it on the thread that launched.
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            _collected.Clear();
        }
    }
}
