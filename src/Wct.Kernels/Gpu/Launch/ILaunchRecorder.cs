namespace Wct.Kernels.Gpu.Launch;

/// <summary>A queue whose driver can record launches, to take them again all at once.</summary>
internal interface ILaunchRecorder
{
    /// <summary>Records launches without running them.</summary>
    /// <param name="launches">Of kernels that have run before: a driver may load nothing while it records.</param>
    /// <returns>For <see cref="Replay"/>, and once for <see cref="Forget"/>; never 0.</returns>
    /// <exception cref="GpuException">The driver refuses; the queue is as before.</exception>
    nint Record(LaunchList launches);

    /// <summary>Enqueues all that was recorded, with the arguments that it had then.</summary>
    /// <exception cref="GpuException">The driver refuses; nothing was enqueued.</exception>
    void Replay(nint recording);

    /// <summary>Frees a recording, which may still be running.</summary>
    void Forget(nint recording);
}
