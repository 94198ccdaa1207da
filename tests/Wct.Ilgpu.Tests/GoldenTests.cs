using Wct.Kernels.Tests.Gpu;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Ilgpu.Tests;

/// <summary>Runs all five levels on ILGPU's accelerator, and compares them with the CPU backend, which has golden tests.</summary>
public class GoldenTests
{
    [Fact]
    public void FiveLevelsMatchTheCpu()
    {
        WctModel model = RandomModel.Create([8, 8, 8, 8, 8], 3);
        PixelImage photo = Pictures.Textured(15, 16), painting = Pictures.Textured(16, 14, 2);
        using IlgpuBackend backend = CpuAccelerator.Open();
        using StyleTransfer transfer = new(model, new LoadOptions { Backend = backend });
        using StyleTransfer cpu = new(model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        Transfers.AssertAlike(cpu.Stylize(photo, painting).Bytes, transfer.Stylize(photo, painting).Bytes);
    }
}
