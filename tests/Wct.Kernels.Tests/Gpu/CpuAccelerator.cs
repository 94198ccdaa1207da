using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Wct.Ilgpu;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>ILGPU's CPU accelerator, which runs the kernels' IL. All tests share one, because it starts hundreds of threads.</summary>
internal static partial class CpuAccelerator
{
    private const int ThisThread = 0, OfThreads = 0, LowestPriority = 19;

    // Its default is thread blocks of 16 threads, and the kernels need 256. Background threads end with the process.
    private static readonly Lazy<Accelerator> Started = new(() =>
    {
        Accelerator? accelerator = null;
        // Its threads spin at each barrier of a kernel. They inherit the priority of the thread that starts them: the lowest, so that tests
        // that run at the same time aren't slowed.
        Thread starter = new(() =>
        {
            if (OperatingSystem.IsLinux())
                _ = SetPriority(OfThreads, ThisThread, LowestPriority);
            CPUDevice device = new(numThreadsPerWarp: 32, numWarpsPerMultiprocessor: 8, numMultiprocessors: 1);
            accelerator = device.CreateCPUAccelerator(Context.Create(builder => builder.CPU(device)));
        });
        starter.Start();
        starter.Join();
        return accelerator ?? throw new InvalidOperationException("ILGPU's CPU accelerator didn't start.");
    });

    /// <summary>Creates a backend on the accelerator.</summary>
    internal static IlgpuBackend Open() => new(Started.Value, threads: 2);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int kind, int which, int priority);
}
