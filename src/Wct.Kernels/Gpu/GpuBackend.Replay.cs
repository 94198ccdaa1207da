namespace Wct.Kernels.Gpu;

// Recording and replaying of launches.
public partial class GpuBackend
{
    /// <inheritdoc/>
    /// <remarks>
    /// The launches are collected until the last operation. If the same launches were collected before, with the same buffers, the driver
    /// replays them in one call (a CUDA graph); otherwise they are enqueued one by one. Reading results, or another thread's operation,
    /// ends the collecting for this run. OpenCL and ILGPU can't record, so their launches are enqueued at once.
    /// </remarks>
    public override void RunReplayable(Action operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        bool collects;
        using (Enter())
            collects = _collector is not null && _collector.Begin();
        try
        {
            operations();
        }
        catch
        {
            // Operations before the failed one still have to run.
            lock (_lock)
            {
                if (collects)
                    _collector!.Abort();
            }

            throw;
        }

        lock (_lock)
        {
            if (collects)
                _collector!.End();
        }
    }
}
