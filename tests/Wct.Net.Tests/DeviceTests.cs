using Wct.Kernels.Gpu;
using Wct.Net.Devices;
using Wct.Net.Models;

namespace Wct.Net.Tests;

public class DeviceTests
{
    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:12", "cuda:12")]
    [InlineData("opencl:1", "opencl:1")]
    public void NamesAreParsed(string text, string expected)
    {
        Assert.True(DeviceChoice.TryParse(text, out DeviceChoice choice));
        Assert.Equal(expected, choice.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CUDA")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:99999999999")]
    [InlineData("cpu:0")]
    [InlineData("auto:0")]
    [InlineData("opencl:0:0")]
    [InlineData("vulkan")]
    public void OtherNamesAreRejected(string? text) => Assert.False(DeviceChoice.TryParse(text, out _));

    [Fact]
    public void AutoIsTheDefault() => Assert.Equal(DeviceChoice.Auto, new LoadOptions().Device);

    [Fact]
    public void AutoSkipsOpenClOnTheProcessor()
    {
        GpuDevices processors = new([], "no driver for CUDA", [Fake(0, isCpu: true, lacks: null)], null);
        (GpuBackend? backend, string reason) = DeviceSelection.Best(new LoadOptions(), processors);
        Assert.Null(backend);
        Assert.Equal("no driver for CUDA; opencl:0 computes on the processor, more slowly than we do", reason);
    }

    [Fact]
    public void AutoSkipsGpusThatShareTheProcessorsMemory()
    {
        GpuDevices shared = new([], "no driver for CUDA", [Fake(0, isCpu: false, lacks: null) with { SharesMemory = true }], null);
        (GpuBackend? backend, string reason) = DeviceSelection.Best(new LoadOptions(), shared);
        Assert.Null(backend);
        Assert.Equal("no driver for CUDA; opencl:0 shares the processor's memory; ask for it by name", reason);
    }

    [Fact]
    public void AutoSkipsDevicesThatDoNotWork()
    {
        GpuDevices broken = new([], "no driver for CUDA", [Fake(0, isCpu: false, lacks: "double precision")], null);
        (GpuBackend? backend, string reason) = DeviceSelection.Best(new LoadOptions(), broken);
        Assert.Null(backend);
        Assert.Equal("no driver for CUDA; opencl:0: opencl:0, a fake can't be used: it lacks double precision.", reason);
    }

    [Fact]
    public void AutoComputesAndNamesItsDevice()
    {
        using StyleTransfer transfer = new(RandomModel.Create([16, 16, 16, 16, 16], 1), new LoadOptions { Threads = 1 });
        Assert.NotEmpty(transfer.Device);
        PixelImage picture = new(16, 16);
        Assert.Equal(16, transfer.Stylize(picture, picture).Width);
    }

    [Fact]
    public void AMissingDeviceIsNamed()
    {
        LoadOptions options = new() { Device = DeviceChoice.OpenCl(1000) };
        string message = Assert.Throws<DeviceUnavailableException>(() => new StyleTransfer(RandomModel.Create([16], 1), options)).Message;
        Assert.StartsWith("There is no device 'opencl:1000': ", message);
    }

    [Fact]
    public void TheSurveyListsThePickedDevice()
    {
        DeviceSurvey survey = DeviceSurvey.Take();
        Assert.Equal("cpu", survey.Devices[0].Id);
        Assert.Contains(survey.Picked, survey.Devices);
        Assert.NotEmpty(survey.Reason);
    }

    private static GpuDevice Fake(int index, bool isCpu, string? lacks) => new()
    {
        Interface = GpuInterface.OpenCl,
        Index = index,
        Name = "a fake",
        Driver = "none",
        Memory = 1,
        IsCpu = isCpu,
        MissingFeature = lacks,
    };
}
