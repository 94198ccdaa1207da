using Wct.Kernels.Gpu;
using Xunit;

namespace Wct.Testing;

/// <summary>Finds the machine's GPUs, once for all tests.</summary>
public static class FirstGpu
{
    private static readonly Lazy<GpuDevices> Devices = new(() => GpuDevices.Find());

    /// <summary>The first usable device of a kind. Skips the calling test if there is none.</summary>
    /// <param name="kind">"cuda" or "opencl".</param>
    public static GpuDevice Need(string kind)
    {
        (IReadOnlyList<GpuDevice> devices, string? none) = kind == "cuda"
            ? (Devices.Value.Cuda, Devices.Value.NoCuda) : (Devices.Value.OpenCl, Devices.Value.NoOpenCl);
        GpuDevice? device = devices.FirstOrDefault(device => device.MissingFeature is null);
        Assert.SkipWhen(device is null, none ?? $"{devices[0]} lacks {devices[0].MissingFeature}");
        return device!;
    }
}
