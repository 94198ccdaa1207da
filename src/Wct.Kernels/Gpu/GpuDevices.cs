using Wct.Kernels.Gpu.Cuda;
using Wct.Kernels.Gpu.OpenCl;

namespace Wct.Kernels.Gpu;

/// <summary>The GPUs of this machine.</summary>
/// <param name="Cuda">The CUDA devices.</param>
/// <param name="NoCuda">Why there are no CUDA devices; null if there are some.</param>
/// <param name="OpenCl">The OpenCL devices of all drivers.</param>
/// <param name="NoOpenCl">Why there are no OpenCL devices; null if there are some.</param>
public sealed record GpuDevices(IReadOnlyList<GpuDevice> Cuda, string? NoCuda, IReadOnlyList<GpuDevice> OpenCl, string? NoOpenCl)
{
    // On Linux, any GPU appears as at least one of these.
    private static readonly string[] LinuxNodes =
        ["/dev/dri", "/dev/kfd", "/dev/dxg", "/dev/nvidia0", "/dev/nvgpu", "/dev/mali0", "/dev/kgsl-3d0"];

    // Drivers initialize at the first call. PoCL fails if two threads make the first call at the same time.
    private static readonly Lock OneAtATime = new();

    /// <summary>Asks the drivers for their devices. A driver that fails counts as one without devices; it doesn't throw.</summary>
    /// <param name="onlyGpus">Whether to skip OpenCL on machines without a GPU. There its drivers offer only the processor, and they take
    /// long to load.</param>
    public static GpuDevices Find(bool onlyGpus = false)
    {
        lock (OneAtATime)
            return Ask(onlyGpus);
    }

    /// <summary>All devices, CUDA first.</summary>
    public IEnumerable<GpuDevice> All => Cuda.Concat(OpenCl);

    private static GpuDevices Ask(bool onlyGpus)
    {
        (IReadOnlyList<GpuDevice> cuda, string? noCuda) = Ask(CudaDevices.Find, DriverLibraries.Cuda, "CUDA");
        if (onlyGpus && OperatingSystem.IsLinux() && !Array.Exists(LinuxNodes, Path.Exists))
            return new GpuDevices(cuda, noCuda, [], "no GPU for OpenCL");
        (IReadOnlyList<GpuDevice> openCl, string? noOpenCl) = Ask(OpenClDevices.Find, DriverLibraries.OpenCl, "OpenCL");
        return new GpuDevices(cuda, noCuda, openCl, noOpenCl);
    }

    private static (IReadOnlyList<GpuDevice> Devices, string? None) Ask(Func<IReadOnlyList<GpuDevice>> find, string library, string name)
    {
        if (!DriverLibraries.Has(library))
            return ([], $"no driver for {name}");
        try
        {
            IReadOnlyList<GpuDevice> devices = find();
            return (devices, devices.Count > 0 ? null : $"no device for {name}");
        }
        catch (Exception error) when (error is GpuException or OutOfMemoryException or EntryPointNotFoundException)
        {
            return ([], error.Message);
        }
    }
}
