using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;

namespace Wct.Net.Tests;

/// <summary>Models on backends that the application created.</summary>
public class ApplicationBackendTests
{
    private static readonly WctModel Model = RandomModel.Create([16, 16], 1);

    [Fact]
    public void AnApplicationsBackendComputesAndIsNotDisposedOf()
    {
        PixelImage photo = Pictures.Textured(20, 18), painting = Pictures.Textured(17, 16, 2);
        using Backend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 1 });
        byte[] expected;
        using (StyleTransfer own = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 }))
            expected = own.Stylize(photo, painting).Bytes;

        StyleTransfer first = new(Model, new LoadOptions { Backend = backend }),
            second = new(RandomModel.Create([16], 2), new LoadOptions { Backend = backend });
        Assert.Equal(backend.Name, first.Device);
        Assert.Equal(expected, first.Stylize(photo, painting).Bytes);
        first.Dispose();
        // The backend still works for another model and for the application.
        Assert.Equal(20, second.Stylize(photo, painting).Width);
        second.Dispose();
        using Tensor tensor = backend.Allocate(new TensorShape(1, 1, 1));
        backend.Write([5], tensor);
        float[] back = new float[1];
        backend.Read(tensor, back);
        Assert.Equal(5, back[0]);
    }

    [Fact]
    public void DeviceOptionsBesideABackendAreRefused()
    {
        using Backend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 1 });
        LoadOptions options = new() { Backend = backend };
        foreach ((LoadOptions both, string named) in new[]
        {
            (options with { Device = DeviceChoice.Cpu }, "'Device' is 'cpu'"), (options with { Threads = 2 }, "'Threads' is 2"),
            (options with { Precision = ConvolutionPrecision.Half }, "'Precision' is Half"),
        })
        {
            string message = Assert.Throws<ArgumentException>(() => new StyleTransfer(Model, both)).Message;
            Assert.Contains($"'Backend' is {backend.Name}, and {named}", message);
        }
    }
}
