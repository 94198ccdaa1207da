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

/// <summary>Compiles kernels to PTX and OpenCL C with ILGPU. It needs no GPU.</summary>
internal sealed class Compiler : IDisposable
{
    private readonly Context _context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
    private readonly PTXBackend _ptx;
    private readonly CLBackend _openCl;

    /// <param name="tensorCores">Whether to compile for devices with tensor cores.</param>
    internal Compiler(bool tensorCores)
    {
        // The oldest targets that support the kernels. Drivers compile the PTX further for newer devices.
        (CudaArchitecture architecture, CudaInstructionSet instructions) = tensorCores
            ? (CudaArchitecture.SM_80, CudaInstructionSet.ISA_70) : (CudaArchitecture.SM_60, CudaInstructionSet.ISA_60);
        _ptx = new PTXBackend(_context, new CudaCapabilityContext(architecture), architecture, instructions, null);
        // The only optional feature that the kernels need is double precision. OpenCL 1.2 has no generic address space.
        CLCapabilityContext capabilities = new(
            float16: false, float64: true, genericAddressSpace: false, int64_Atomics: false, subGroups: false);
        _openCl = new CLBackend(_context, capabilities, CLDeviceVendor.Other, CLCVersion.CL12);
    }

    /// <summary>The version of ILGPU.</summary>
    internal static string Version => Context.Version;

    internal string Ptx(MethodInfo kernel, int threadBlockSize) => ((PTXCompiledKernel)Compile(_ptx, kernel, threadBlockSize)).PTXAssembly;

    internal string OpenCl(MethodInfo kernel, int threadBlockSize) => ((CLCompiledKernel)Compile(_openCl, kernel, threadBlockSize)).Source;

    public void Dispose()
    {
        _ptx.Dispose();
        _openCl.Dispose();
        _context.Dispose();
    }

    private static CompiledKernel Compile(Backend backend, MethodInfo kernel, int threadBlockSize) =>
        backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(threadBlockSize, null));
}
