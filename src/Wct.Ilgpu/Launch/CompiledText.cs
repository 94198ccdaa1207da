using System.Runtime.CompilerServices;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using Wct.Kernels.Ilgpu.Emitter;

namespace Wct.Ilgpu.Launch;

/// <summary>What is changed in the text that ILGPU compiled a kernel to, before a driver gets it: as the emitter does it ahead of time.</summary>
internal static class CompiledText
{
    /// <summary>Takes promises away that don't hold. A kernel for the processor has no text.</summary>
    internal static void Mend(CompiledKernel kernel)
    {
        if (kernel is PTXCompiledKernel ptx)
            PtxOf(ptx) = ModuleText.WithoutUniform(ptx.PTXAssembly);
        else if (kernel is CLCompiledKernel openCl)
            OpenClOf(openCl) = ModuleText.WithLocalFences(openCl.Source);
    }

    // The properties have no setters.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<PTXAssembly>k__BackingField")]
    private static extern ref string PtxOf(PTXCompiledKernel kernel);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Source>k__BackingField")]
    private static extern ref string OpenClOf(CLCompiledKernel kernel);
}
