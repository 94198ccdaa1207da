using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Wct.Kernels.Gpu;
using Wct.Kernels.Ilgpu;

namespace Wct.Ilgpu.Launch;

/// <summary>What an accelerator is and has.</summary>
internal static class AcceleratorDevice
{
    // Of the kernels that every device runs; those for tensor cores need more, and every device that has these has it.
    private const int SharedBytes = 16 << 10;

    /// <summary>Describes an accelerator.</summary>
    internal static GpuDevice Of(Accelerator accelerator) => new()
    {
        Interface = GpuInterface.Ilgpu,
        Index = 0,
        Name = accelerator.Name,
        Driver = $"ILGPU {Context.Version}",
        Memory = Memory(accelerator),
        IsCpu = accelerator.AcceleratorType == AcceleratorType.CPU,
        TensorCores = accelerator is CudaAccelerator cuda && cuda.Architecture >= CudaArchitecture.SM_80 && cuda.InstructionSet >= CudaInstructionSet.ISA_70,
    };

    /// <summary>Refuses an accelerator that can't run the kernels.</summary>
    /// <exception cref="NotSupportedException">It lacks what they need; the message names both values.</exception>
    internal static void Check(Accelerator accelerator)
    {
        int threads = KernelMethod.All().Max(kernel => kernel.GroupSize);
        if (accelerator.MaxNumThreadsPerGroup < threads)
        {
            string hint = accelerator.AcceleratorType == AcceleratorType.CPU ? $" Create it from new CPUDevice(32, {threads / 32}, 1), for instance." : "";
            throw new NotSupportedException(
                $"{accelerator.Name} can't be used: its groups have {accelerator.MaxNumThreadsPerGroup} threads at most, the kernels need {threads}.{hint}");
        }

        if (accelerator.MaxSharedMemoryPerGroup < SharedBytes)
        {
            throw new NotSupportedException(
                $"{accelerator.Name} can't be used: its groups share {accelerator.MaxSharedMemoryPerGroup} bytes at most, the kernels need {SharedBytes}.");
        }

        if (accelerator is CLAccelerator { Capabilities.Float64: false })
            throw new NotSupportedException($"{accelerator.Name} can't be used: it lacks double precision.");
    }

    // The CPU accelerator says that it has no end of memory.
    private static long Memory(Accelerator accelerator) => Math.Min(accelerator.MemorySize, accelerator.AcceleratorType == AcceleratorType.CPU
        ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : long.MaxValue);
}
