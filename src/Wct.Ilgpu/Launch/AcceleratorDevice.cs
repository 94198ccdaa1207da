using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;

namespace Wct.Ilgpu.Launch;

/// <summary>Describes accelerators, and checks that they can run the kernels.</summary>
internal static class AcceleratorDevice
{
    /// <summary>Describes an accelerator.</summary>
    internal static GpuDevice Of(Accelerator accelerator) => new()
    {
        Interface = GpuInterface.Ilgpu,
        Index = 0,
        Name = accelerator.Name,
        Driver = $"ILGPU {Context.Version}",
        Memory = Memory(accelerator),
        IsCpu = accelerator.AcceleratorType == AcceleratorType.CPU,
        TensorCores = accelerator is CudaAccelerator
        {
            Architecture: var architecture, InstructionSet: var instructions,
        } && architecture >= CudaArchitecture.SM_80 && instructions >= CudaInstructionSet.ISA_70,
    };

    /// <summary>Throws if an accelerator can't run the kernels.</summary>
    /// <exception cref="NotSupportedException">The accelerator lacks what the kernels need; the message has both values.</exception>
    internal static void Check(Accelerator accelerator)
    {
        // Every device with tensor cores has what their kernels need.
        KernelModule[] kernels = [.. KernelModules.All.Where(kernel => !kernel.UsesTensorCores)];
        int threads = kernels.Max(kernel => kernel.ThreadBlockSize), sharedBytes = kernels.Max(kernel => kernel.SharedBytes);
        if (accelerator.MaxNumThreadsPerGroup < threads)
        {
            bool isCpu = accelerator.AcceleratorType == AcceleratorType.CPU;
            string hint = isCpu ? $" Create it from new CPUDevice(32, {threads / 32}, 1), for instance." : "";
            int most = accelerator.MaxNumThreadsPerGroup;
            throw new NotSupportedException(
                $"{accelerator.Name} can't be used: its thread blocks have {most} threads at most, the kernels need {threads}.{hint}");
        }

        if (accelerator.MaxSharedMemoryPerGroup < sharedBytes)
        {
            int most = accelerator.MaxSharedMemoryPerGroup;
            throw new NotSupportedException(
                $"{accelerator.Name} can't be used: its thread blocks share {most} bytes at most, the kernels need {sharedBytes}.");
        }

        if (accelerator is CLAccelerator { Capabilities.Float64: false })
            throw new NotSupportedException($"{accelerator.Name} can't be used: it lacks double precision.");
    }

    // The CPU accelerator reports unlimited memory.
    private static long Memory(Accelerator accelerator) => accelerator.AcceleratorType == AcceleratorType.CPU
        ? Math.Min(accelerator.MemorySize, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) : accelerator.MemorySize;
}
