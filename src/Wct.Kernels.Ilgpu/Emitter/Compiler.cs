using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>Compiles kernels to PTX and OpenCL C. It needs no device.</summary>
internal sealed class Compiler : IDisposable
{
    private readonly Context _context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
    private readonly PTXBackend _ptx;
    private readonly CLBackend _openCl;

    /// <param name="matrixUnits">Whether it compiles for devices with tensor cores.</param>
    internal Compiler(bool matrixUnits)
    {
        // The oldest that all drivers in use know, or that have what is asked for: drivers compile it onwards for newer devices.
        (CudaArchitecture architecture, CudaInstructionSet instructions) = matrixUnits
            ? (CudaArchitecture.SM_80, CudaInstructionSet.ISA_70) : (CudaArchitecture.SM_60, CudaInstructionSet.ISA_60);
        _ptx = new PTXBackend(_context, new CudaCapabilityContext(architecture), architecture, instructions, null);
        // Doubles, and nothing else that a device may lack; no generic address space above all, which few have.
        CLCapabilityContext capabilities = new(float16: false, float64: true, genericAddressSpace: false, int64_Atomics: false, subGroups: false);
        _openCl = new CLBackend(_context, capabilities, CLDeviceVendor.Other, CLCVersion.CL12);
    }

    /// <summary>ILGPU's version.</summary>
    internal static string Version => Context.Version;

    internal string Ptx(MethodInfo kernel, int groupSize) => ((PTXCompiledKernel)Compile(_ptx, kernel, groupSize)).PTXAssembly;

    internal string OpenCl(MethodInfo kernel, int groupSize) => ((CLCompiledKernel)Compile(_openCl, kernel, groupSize)).Source;

    public void Dispose()
    {
        _ptx.Dispose();
        _openCl.Dispose();
        _context.Dispose();
    }

    private static CompiledKernel Compile(Backend backend, MethodInfo kernel, int groupSize) =>
        backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(groupSize, null));
}
