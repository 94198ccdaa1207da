using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Wct.Ilgpu.Launch;
using Wct.Kernels.Ilgpu;

namespace Wct.Ilgpu.Tests;

/// <summary>Tests the compiled text that drivers get. ILGPU's compilers need no device.</summary>
public class CompiledTextTests
{
    private static readonly KernelMethod Kernel = KernelMethod.All().Single(kernel => kernel.Name == "MatrixProduct");

    [Fact]
    public void PtxHasNoUniformBranches()
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        CudaCapabilityContext capabilities = new(CudaArchitecture.SM_60);
        using PTXBackend backend = new(context, capabilities, CudaArchitecture.SM_60, CudaInstructionSet.ISA_60, null);
        var compiled = (PTXCompiledKernel)Compile(backend);
        Assert.Contains(".uni", compiled.PTXAssembly);
        CompiledText.Fix(compiled);
        Assert.DoesNotContain(".uni", compiled.PTXAssembly);
        Assert.Contains("bra", compiled.PTXAssembly);
    }

    [Fact]
    public void OpenClBarriersOrderLocalMemory()
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        CLCapabilityContext capabilities = new(
            float16: false, float64: true, genericAddressSpace: true, int64_Atomics: false, subGroups: false);
        using CLBackend backend = new(context, capabilities, CLDeviceVendor.Other, CLCVersion.CL20);
        var compiled = (CLCompiledKernel)Compile(backend);
        Assert.Contains("work_group_barrier", compiled.Source);
        CompiledText.Fix(compiled);
        Assert.DoesNotContain("work_group_barrier", compiled.Source);
        Assert.Contains("barrier (CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)", compiled.Source);
    }

    private static CompiledKernel Compile(ILGPU.Backends.Backend backend) => backend.Compile(
        EntryPointDescription.FromExplicitlyGroupedKernel(Kernel.Method), new KernelSpecialization(Kernel.ThreadBlockSize, null));
}
