using Wct.Kernels.Gpu.Cuda;
using Wct.Kernels.Gpu.OpenCl;

namespace Wct.Kernels.Gpu;

/// <summary>The devices of this machine.</summary>
/// <param name="Cuda">What NVIDIA's driver names.</param>
/// <param name="NoCuda">Why there are none; null where there are.</param>
/// <param name="OpenCl">What OpenCL's drivers name.</param>
/// <param name="NoOpenCl">Why there are none; null where there are.</param>
public sealed record GpuDevices(IReadOnlyList<GpuDevice> Cuda, string? NoCuda, IReadOnlyList<GpuDevice> OpenCl, string? NoOpenCl)
{
    // Linux shows a GPU, whoever made it, as at least one of these.
    private static readonly string[] LinuxNodes = ["/dev/dri", "/dev/kfd", "/dev/dxg", "/dev/nvidia0", "/dev/nvgpu", "/dev/mali0", "/dev/kgsl-3d0"];

    // Drivers wake up at the first call; PoCL, for one, falls over itself when two threads make it at once.
    private static readonly Lock OneAtATime = new();

    /// <summary>Asks the drivers. Never throws: a driver that fails has no devices, and the reason is told.</summary>
    /// <param name="onlyGpus">Leave OpenCL's drivers alone where they can only name the processor: loading them takes a while.</param>
    public static GpuDevices Find(bool onlyGpus = false)
    {
        lock (OneAtATime)
            return Ask(onlyGpus);
    }

    /// <summary>All of them, NVIDIA's first.</summary>
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
