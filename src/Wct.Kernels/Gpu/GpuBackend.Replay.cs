namespace Wct.Kernels.Gpu;

// Operations in one call to the driver.
public partial class GpuBackend
{
    /// <inheritdoc/>
    /// <remarks>
    /// Where the driver can record launches (CUDA's graphs), those of the operations are held back until the last is known. If the very same came before, on
    /// the same memory, they go to the driver in one call; else one by one. Operations that wait for numbers, and other threads', end that for this time.
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
            // What was held back is due all the same.
            lock (_lock)
            {
                if (collects)
                    _collector!.Break();
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
