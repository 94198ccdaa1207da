using Wct.Kernels.Gpu;

namespace Wct.Cli.Tests;

public sealed class DeviceTests(TinyModel model)
{
    /// <summary>Tells why there is no device of a kind; null if there is one.</summary>
    internal static string? Missing(string kind)
    {
        GpuDevices devices = GpuDevices.Find();
        return kind == "cuda" ? devices.NoCuda : devices.NoOpenCl;
    }

    [Fact]
    public void DevicesAreListedAndTheChoiceIsExplained()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "devices");
        Assert.Equal(new Outcome(ExitCode.Done, outcome.Output, ""), outcome);
        Assert.Contains("\ncpu ", outcome.Output);
        Assert.Matches("\nauto picks [a-z]+(:[0-9]+)?: .+\n$", outcome.Output);
        Assert.All(GpuDevices.Find().All, device => Assert.Contains($"\n{device.Id} ", outcome.Output));
    }

    // If the OpenCL loader finds no driver, everything else works.
    [Fact]
    public void WithoutDriversTheProcessorIsPicked()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.RunWith(folder.Path, [("OCL_ICD_VENDORS", folder.Path)], "devices");
        Assert.Equal(ExitCode.Done, outcome.ExitCode);
        Assert.SkipWhen(Missing("cuda") is null, "This machine has a GPU.");
        Assert.Matches("auto picks cpu: no d(evice|river) for CUDA; no d(evice|river) for OpenCL\n$", outcome.Output);
    }

    [Theory]
    [InlineData("opencl:1000", "wct: There is no device 'opencl:1000': ")]
    [InlineData("cuda:1000", "wct: There is no device 'cuda:1000': ")]
    public void AMissingDeviceGivesOneErrorLine(string device, string expected)
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "p.png", 16, 16);
        Outcome outcome = WctProcess.Run(folder.Path, "stylize", "p.png", "p.png", "-w", model.Path, "-o", "o.png", "--device", device);
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.StartsWith(expected, outcome.Error);
        Assert.Equal(1, outcome.Error.Count(character => character == '\n'));
        Assert.False(File.Exists(folder.File("o.png")));
    }

    // The processor accepts every precision and always computes in single precision.
    [Fact]
    public void TheProcessorIgnoresThePrecision()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "p.png", 16, 16);
        List<byte[]> results = [];
        foreach (string precision in new[] { "single", "half", "tf32" })
        {
            Outcome outcome = WctProcess.Run(
                folder.Path, "stylize", "p.png", "p.png", "-w", model.Path, "-o", precision + ".png", "--device", "cpu", "--precision",
                precision);
            Assert.True(outcome.ExitCode == ExitCode.Done, outcome.Error);
            results.Add(File.ReadAllBytes(folder.File(precision + ".png")));
        }

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    // The same up to rounding, which hardly shows in a picture's bytes.
    [Fact]
    public void BothEigensolversGiveTheSamePicture()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "p.png", 40, 36);
        List<byte[]> results = [];
        foreach (string eigensolver in new[] { "builtin", "mathnet" })
        {
            Outcome outcome = WctProcess.Run(
                folder.Path, "stylize", "p.png", "p.png", "-w", model.Path, "-o", eigensolver + ".png", "--device", "cpu", "--eigensolver",
                eigensolver);
            Assert.True(outcome.ExitCode == ExitCode.Done, outcome.Error);
            results.Add(Imaging.ImageFile.Read(folder.File(eigensolver + ".png")).Bytes);
        }

        Assert.All(results[0].Zip(results[1]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
    }

    [Theory]
    [InlineData("--device", "vulkan", "wct: --device is 'vulkan', it must be auto, cpu, cuda or opencl")]
    [InlineData("--eigensolver", "abacus", "wct: --eigensolver is 'abacus', it must be builtin or mathnet")]
    [InlineData("--precision", "double", "wct: --precision is 'double', it must be single or half or tf32")]
    public void AnUnknownValueIsWrongUsage(string option, string word, string expected)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "stylize", "a.png", "b.png", "-w", "m.safetensors", option, word);
        Assert.Equal(ExitCode.WrongUsage, outcome.ExitCode);
        Assert.StartsWith(expected, outcome.Error);
    }
}
