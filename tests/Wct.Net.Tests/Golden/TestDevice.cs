using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;

namespace Wct.Net.Tests.Golden;

/// <summary>Opens a backend for a test: the CPU, optionally with a given instruction set, or the first device of a kind, optionally one
/// that computes all inverse roots itself. Skips the test if there is no such device.</summary>
internal static class TestDevice
{
    internal static Backend Open(string kind)
    {
        if (kind == "cpu")
            return CpuBackend.Create();
        if (kind.StartsWith("cpu ", StringComparison.Ordinal))
            return CpuBackend.Create(new CpuBackendOptions { Isa = Enum.Parse<Isa>(kind[4..]) });
        if (kind.EndsWith(" with roots", StringComparison.Ordinal))
        {
            var gpu = (GpuBackend)Open(kind[..kind.IndexOf(' ')]);
            gpu.RootsFrom = 1;
            return gpu;
        }

        return GpuBackend.Create(FirstGpu.Need(kind));
    }
}
