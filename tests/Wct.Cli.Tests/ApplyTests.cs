using Wct.Imaging;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Tests.Networks;

namespace Wct.Cli.Tests;

/// <summary>Tests <c>wct apply</c> and the export of its networks.</summary>
public sealed class ApplyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ApplyTests()
    {
        SmallStyleNetworks.Style().Save(_folder.File("one.safetensors"));
        SmallStyleNetworks.Style(styles: 3).Save(_folder.File("three.safetensors"));
        SmallStyleNetworks.Upscale().Save(_folder.File("twice.safetensors"));
        SmallStyleNetworks.Texture().Save(_folder.File("texture.safetensors"));
        TestPictures.Write(_folder, "photo.png", 37, 29);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ANetworkPaintsAPhoto()
    {
        Outcome outcome = Run("apply one.safetensors photo.png -o out.png");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"^out\.png: 37x29, \d+\.\d\d s\r?\n$", outcome.Output);
        Assert.Equal(Expected("one", null).Bytes, ImageFile.Read(_folder.File("out.png")).ToRgb().Bytes);
    }

    [Theory]
    [InlineData("0.2,0.5,0.3", new[] { 0.2, 0.5, 0.3 })]
    [InlineData("2", new[] { 0.0, 1, 0 })]
    [InlineData("style 3", new[] { 0.0, 0, 1 })]
    [InlineData("style 3:0.5,1:1.5", new[] { 1.5, 0, 0.5 })]
    public void StylesAreChosenByWeightNumberOrName(string style, double[] weights)
    {
        Outcome outcome = WctProcess.Run(_folder.Path, "apply", "three.safetensors", "photo.png", "--style", style, "-o", "out.png");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(Expected("three", weights).Bytes, ImageFile.Read(_folder.File("out.png")).ToRgb().Bytes);
    }

    [Fact]
    public void TheDefaultNamesAreThoseOfThePhotoAndTheNetwork()
    {
        Assert.StartsWith("photo-twice.png: 74x58, ", Run("apply twice.safetensors photo.png").Output, StringComparison.Ordinal);
        Outcome texture = Run("apply texture.safetensors --size 40x24 --seed 3");
        Assert.StartsWith("texture-texture.png: 40x24, ", texture.Output, StringComparison.Ordinal);
        using StyleNetwork network = StyleNetwork.Load(_folder.File("texture.safetensors"), new LoadOptions { Device = DeviceChoice.Cpu });
        Assert.Equal(
            network.Synthesize(40, 24, new StyleNetworkOptions { Seed = 3 }).Bytes,
            ImageFile.Read(_folder.File("texture-texture.png")).ToRgb().Bytes);
    }

    [Theory]
    [InlineData(
        "apply texture.safetensors photo.png",
        "texture.safetensors: makes textures from noise, and CONTENT is photo.png; leave it out")]
    [InlineData(
        "apply one.safetensors photo.png --size 20x20",
        "one.safetensors: makes pictures of the photo's size; --size is for textures")]
    [InlineData("apply twice.safetensors photo.png --size 9x9", "makes pictures of the photo's size times 2; --size is for textures")]
    [InlineData(
        "apply three.safetensors photo.png --style 4",
        "three.safetensors: there is no style '4'; the network has 3 styles: style 1, ")]
    [InlineData("apply one.safetensors photo.png --noise 2", "one.safetensors: has no noise; --noise is for networks that have some")]
    [InlineData("apply one.safetensors photo.png --seed 2", "one.safetensors: has no noise; --seed is for networks that have some")]
    [InlineData("apply three.safetensors photo.png --style wave", "three.safetensors: there is no style 'wave'; the network has 3 styles")]
    [InlineData(
        "apply three.safetensors photo.png --style 1,2",
        "three.safetensors: has 3 styles: style 1, style 2, style 3, --style has 2 weights")]
    [InlineData("apply one.safetensors photo.png --style 2", "one.safetensors: there is no style '2'; the network has 1 style")]
    [InlineData("apply photo.png photo.png", "photo.png: is a PNG picture; a feed-forward network is a .safetensors file")]
    [InlineData("apply none.safetensors photo.png", "none.safetensors: no such file")]
    [InlineData("apply one.safetensors none.png", "none.png: no such file")]
    [InlineData("apply one.safetensors photo.png -o photo.png", "photo.png: is an input; choose another name, or replace it with --force")]
    [InlineData("apply one.safetensors photo.png --max-memory 1M", "The budget is 1000000 bytes of memory; the network needs ")]
    [InlineData("apply texture.safetensors --size 9000x9000 --max-pixels 1000", "--size is 9000x9000, which has more than 1000 pixels")]
    public void AMistakeGivesOneLine(string command, string message)
    {
        Outcome outcome = Run(command);
        Assert.Equal(("", ExitCode.Failed), (outcome.Output, outcome.ExitCode));
        Assert.StartsWith("wct: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("apply one.safetensors", "CONTENT is missing: the photo")]
    [InlineData("apply", "wct apply --help")]
    [InlineData("apply three.safetensors photo.png --style 1:x", "--style is '1:x'; 'x' must be a weight, a number of at least 0")]
    [InlineData("apply three.safetensors photo.png --style 0,0,0", "--style is '0,0,0'; one of the weights must be above 0")]
    [InlineData("apply one.safetensors photo.png --noise -1", "--noise is '-1', it must be a number in 0..16")]
    [InlineData("apply one.safetensors photo.png -w x", "'-w'")]
    public void WrongUsageIsExplained(string command, string message)
    {
        Outcome outcome = Run(command);
        Assert.Equal(ExitCode.WrongUsage, outcome.ExitCode);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void ExportWritesOneOnnxFile()
    {
        Outcome outcome = Run("weights export one.safetensors --onnx -o exported");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"one\.onnx: \d+\.\d MB", outcome.Output);
        Assert.True(new FileInfo(_folder.File("exported/one.onnx")).Length > 1000);
    }

    private Outcome Run(string command) => WctProcess.Run(_folder.Path, command.Split(' '));

    private PixelImage Expected(string name, double[]? weights)
    {
        using StyleNetwork network = StyleNetwork.Load(_folder.File($"{name}.safetensors"), new LoadOptions { Device = DeviceChoice.Cpu });
        return network.Apply(
            ImageFile.Read(_folder.File("photo.png")), new StyleNetworkOptions { StyleWeights = weights });
    }
}
