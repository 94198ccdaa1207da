using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;
using Wct.Kernels.Reference;
using Wct.Net.Tests.Golden;
using Wct.PtxInterpreter;

namespace Wct.Net.Tests;

/// <summary>The backends on which properties of features are tested.</summary>
internal static class EveryBackend
{
    /// <summary>The reference, the CPU with each instruction set, the GPUs, and the interpreter of CUDA kernels.</summary>
    internal static IEnumerable<string> Names =>
        ["reference", .. IsaSelection.Supported.Select(isa => $"cpu {isa}"), "opencl", "cuda", "ptx"];

    /// <summary>One backend of each kind that is fast enough for pictures.</summary>
    internal static IEnumerable<string> Fast => ["cpu", "opencl", "cuda"];

    /// <summary>Opens a backend, or skips the test if there is no such device.</summary>
    internal static Backend Open(string name) => name switch
    {
        "reference" => new ReferenceBackend(),
        "ptx" => new GpuBackend(InterpretedQueue.Device, new InterpretedQueue(), threads: 1, ConvolutionPrecision.Single),
        _ => TestDevice.Open(name),
    };
}
