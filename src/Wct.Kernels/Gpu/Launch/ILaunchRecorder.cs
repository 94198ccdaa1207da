namespace Wct.Kernels.Gpu.Launch;

/// <summary>A queue whose driver can record launches and replay them in one call (a CUDA graph).</summary>
internal interface ILaunchRecorder
{
    /// <summary>Records launches without running them.</summary>
    /// <param name="launches">Launches of loaded kernels, because a driver can't load modules while it records.</param>
    /// <returns>A handle, never 0. Free it with <see cref="Forget"/>.</returns>
    /// <exception cref="GpuException">The driver can't record them. The queue is unchanged.</exception>
    nint Record(LaunchList launches);

    /// <summary>Enqueues all recorded launches with their recorded arguments.</summary>
    /// <exception cref="GpuException">The driver can't replay them. Nothing was enqueued.</exception>
    void Replay(nint recording);

    /// <summary>Frees a recording, even while it runs.</summary>
    void Forget(nint recording);
}
