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
    /// <summary>Asks the drivers. Never throws: a driver that fails has no devices, and the reason is told.</summary>
    public static GpuDevices Find()
    {
        (IReadOnlyList<GpuDevice> cuda, string? noCuda) = Ask(CudaDevices.Find, "CUDA");
        (IReadOnlyList<GpuDevice> openCl, string? noOpenCl) = Ask(OpenClDevices.Find, "OpenCL");
        return new GpuDevices(cuda, noCuda, openCl, noOpenCl);
    }

    /// <summary>All of them, NVIDIA's first.</summary>
    public IEnumerable<GpuDevice> All => Cuda.Concat(OpenCl);

    private static (IReadOnlyList<GpuDevice> Devices, string? None) Ask(Func<IReadOnlyList<GpuDevice>> find, string name)
    {
        try
        {
            IReadOnlyList<GpuDevice> devices = find();
            return (devices, devices.Count > 0 ? null : $"{name} has no device");
        }
        catch (DllNotFoundException)
        {
            return ([], $"no {name} driver");
        }
        catch (Exception error) when (error is GpuException or EntryPointNotFoundException or BadImageFormatException)
        {
            return ([], $"{name}: {error.Message}");
        }
    }
}
