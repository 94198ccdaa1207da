using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;

namespace Wct.Net.Tests.Golden;

/// <summary>What tests compute on: the CPU, also with an instruction set of choice, or the first device of a kind, also with all inverse
/// roots by itself; where there is none, the test is skipped.</summary>
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

        GpuDevices found = GpuDevices.Find();
        (IReadOnlyList<GpuDevice> devices, string? none) = kind == "cuda" ? (found.Cuda, found.NoCuda) : (found.OpenCl, found.NoOpenCl);
        GpuDevice? device = devices.FirstOrDefault(device => device.MissingFeature is null);
        Assert.SkipWhen(device is null, none ?? $"{devices[0]} lacks {devices[0].MissingFeature}");
        return GpuBackend.Create(device!);
    }
}
