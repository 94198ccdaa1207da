using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Wct.Ilgpu;
using Wct.Kernels.Gpu;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>ILGPU's accelerator on an NVIDIA GPU. Without one, the test is skipped.</summary>
internal static class CardAccelerator
{
    private static readonly Lazy<Accelerator> Started = new(
        () => Context.Create(builder => builder.Cuda().Optimize(OptimizationLevel.O2)).CreateCudaAccelerator(0));

    /// <summary>Creates a backend on the accelerator.</summary>
    internal static IlgpuBackend Open()
    {
        GpuDevices devices = GpuDevices.Find();
        Assert.SkipWhen(devices.NoCuda is not null, devices.NoCuda ?? "");
        return new IlgpuBackend(Started.Value, threads: 2);
    }
}
