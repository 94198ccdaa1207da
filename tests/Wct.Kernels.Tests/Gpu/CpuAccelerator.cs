using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Wct.Ilgpu;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>ILGPU's CPU accelerator, which runs the kernels' own IL: once for all tests, since it takes hundreds of threads to start.</summary>
internal static class CpuAccelerator
{
    // By default its groups have 16 threads; the kernels' have 256. Background threads end with the process.
    private static readonly Lazy<Accelerator> Started = new(() =>
    {
        CPUDevice device = new(numThreadsPerWarp: 32, numWarpsPerMultiprocessor: 8, numMultiprocessors: 1);
        return device.CreateCPUAccelerator(Context.Create(builder => builder.CPU(device)));
    });

    /// <summary>A backend on it.</summary>
    internal static IlgpuBackend Open() => new(Started.Value, threads: 2);
}
