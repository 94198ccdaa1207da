using System.Runtime.CompilerServices;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using Wct.Kernels.Ilgpu.Emitter;

namespace Wct.Ilgpu.Launch;

/// <summary>Makes the corrections of <see cref="ModuleText"/> to kernels that ILGPU compiles at run time.</summary>
internal static class CompiledText
{
    /// <summary>Corrects the PTX or OpenCL C of a kernel. A kernel for the CPU has no text.</summary>
    internal static void Fix(CompiledKernel kernel)
    {
        if (kernel is PTXCompiledKernel ptx)
            PtxOf(ptx) = ModuleText.WithoutUniform(ptx.PTXAssembly);
        else if (kernel is CLCompiledKernel openCl)
            OpenClOf(openCl) = ModuleText.WithLocalFences(openCl.Source);
    }

    // ILGPU's properties have no setters.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<PTXAssembly>k__BackingField")]
    private static extern ref string PtxOf(PTXCompiledKernel kernel);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Source>k__BackingField")]
    private static extern ref string OpenClOf(CLCompiledKernel kernel);
}
