using Wct.Net.Models;
using Wct.Net.Tests.Networks;

namespace Wct.Cli.Tests;

/// <summary>Tests inspecting, importing, exporting and creating weights.</summary>
public sealed class WeightsTests(TinyModel model)
{
    [Fact]
    public void InspectListsTheModelsContents()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "weights", "inspect", model.Path);
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"(?m)^origin +a generator of random numbers\r?$", outcome.Output);
        Assert.Matches(@"(?m)^license +none needed\r?$", outcome.Output);
        Assert.Matches(@"(?m)^levels +5 4 3 2 1\r?$", outcome.Output);
        Assert.Matches(@"(?m)^encoders +levels 54321 share one\r?$", outcome.Output);
        Assert.Matches($@"(?m)^parameters +{model.Model.Parameters:N0}\r?$", outcome.Output);
        Assert.Matches(@"(?m)^encoder 54321  conv1_1  4 x 3 x 3 x 3 +112\r?$", outcome.Output);
        Assert.Matches(@"(?m)^decoder 5 +conv5_1  7 x 8 x 3 x 3 +511\r?$", outcome.Output);
        int convolutions = model.Model.Encoders.Single().Convolutions.Count + model.Model.Levels.Sum(
            level => level.Decoder.Convolutions.Count);
        Assert.Equal(5 + 1 + 1 + convolutions, outcome.Output.Split(Environment.NewLine).Length - 1);
    }

    [Fact]
    public void InspectShowsTheBuiltInModel()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "weights", "inspect");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"(?m)^encoders +levels 54321 share one\r?$", outcome.Output);
        Assert.Matches($@"(?m)^parameters +{WctModel.LoadDefault().Parameters:N0}\r?$", outcome.Output);
    }

    [Fact]
    public void InspectListsTheLayersOfANetwork()
    {
        using TemporaryFolder folder = new();
        StyleNetworkModel network = SmallStyleNetworks.Style(styles: 3);
        network.Save(folder.File("n.safetensors"));
        Outcome outcome = WctProcess.Run(folder.Path, "weights", "inspect", "n.safetensors");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"(?m)^kind +style\r?$", outcome.Output);
        Assert.Matches($@"(?m)^styles +{string.Join(", ", network.Styles)}\r?$", outcome.Output);
        Assert.Matches($@"(?m)^parameters +{network.Parameters:N0}\r?$", outcome.Output);
        Assert.Matches(@"(?m)^\S+ +convolution of image +\d+ x 3 x \d x \d +[\d,]+\r?$", outcome.Output);
        Assert.Matches(@"(?m)^\S+ +instance_normalization of \S+ +3 x \d+ +[\d,]+\r?$", outcome.Output);
        Assert.Equal(5 + 1 + 1 + network.Table.Layers.Count, outcome.Output.Split(Environment.NewLine).Length - 1);
    }

    [Fact]
    public void InspectReportsAMissingLicense()
    {
        using TemporaryFolder folder = new();
        string output = WctProcess.Run(folder.Path, "weights", "inspect", model.TwoLevels).Output;
        Assert.Matches(@"(?m)^license +not stated\r?$", output);
    }

    // The words come from the file's author.
    [Fact]
    public void InspectPrintsNoControlCharacters()
    {
        using TemporaryFolder folder = new();
        new WctModel(model.Model.Levels, "here\e[2J", "MIT\nlevels      none\u2028").Save(folder.File("m.safetensors"));
        string output = WctProcess.Run(folder.Path, "weights", "inspect", "m.safetensors").Output;
        Assert.Matches(@"(?m)^origin +here\?\[2J\r?$", output);
        Assert.Matches(@"(?m)^license +MIT\?levels      none\?\r?$", output);
        Assert.Single(output.Split(Environment.NewLine), line => line.StartsWith("levels", StringComparison.Ordinal));
    }

    [Fact]
    public void ImportKeepsEveryBit()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "weights", "import", model.Path, "-o", "copy.safetensors");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"\Acopy\.safetensors: levels 54321, [\d,]+ parameters, F32, 0\.\d MB\r?\n\z", outcome.Output);
        Assert.Equal(File.ReadAllBytes(model.Path), File.ReadAllBytes(folder.File("copy.safetensors")));
    }

    [Fact]
    public void HalfPrecisionHalvesTheFile()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "weights", "import", model.Path, "--half", "-o", "half.safetensors");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("F16", outcome.Output);
        long saved = new FileInfo(model.Path).Length - new FileInfo(folder.File("half.safetensors")).Length;
        Assert.InRange(saved, model.Model.Parameters * 2 * 9 / 10, model.Model.Parameters * 2);
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("sequential")]
    [InlineData("torch7")]
    [InlineData("published")]
    public void AnImportedFileGivesTheSamePictureAsItsFolder(string name)
    {
        string published = name == "published" ? Shared.Path("models/compact16x") : Shared.Golden($"models/{name}");
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 40, 33);
        Assert.Equal(ExitCode.Done, WctProcess.Run(folder.Path, "weights", "import", published, "-o", "m.safetensors").ExitCode);
        // The recipe in a result names the model.
        foreach ((string weights, string result) in new[] { (published, "folder.png"), ("m.safetensors", "file.png") })
        {
            Assert.Equal(ExitCode.Done, WctProcess.Run(
                folder.Path, "stylize", "c.png", "c.png", "-w", weights, "-o", result, "--strip-metadata").ExitCode);
        }

        Assert.Equal(File.ReadAllBytes(folder.File("folder.png")), File.ReadAllBytes(folder.File("file.png")));
    }

    [Theory]
    [InlineData("compact", "1,882,715", @"(?m)^encoder 54321  conv5_1  128 x 128 x 3 x 3 ")]
    [InlineData("vgg19", "30,063,899", @"(?m)^encoder 54321  conv5_1  512 x 512 x 3 x 3 ")]
    public void RandomHasTheArchitecturesWidths(string architecture, string parameters, string row)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(
            folder.Path, "weights", "random", "--architecture", architecture, "--seed", "7", "-o", "m.safetensors");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.StartsWith($"m.safetensors: levels 54321, {parameters} parameters, F32, ", outcome.Output);
        string shown = WctProcess.Run(folder.Path, "weights", "inspect", "m.safetensors").Output;
        Assert.Matches(@"(?m)^origin +random, seed 7\r?$", shown);
        Assert.Matches(row, shown);
    }

    [Fact]
    public void RandomDependsOnTheSeedAlone()
    {
        using TemporaryFolder folder = new();
        byte[] Made(string seed, string file)
        {
            Outcome outcome = WctProcess.Run(folder.Path, "weights", "random", "--architecture", "compact", "--seed", seed, "-o", file);
            Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
            return File.ReadAllBytes(folder.File(file));
        }

        byte[] first = Made("1", "a.safetensors");
        Assert.Equal(first, Made("1", "b.safetensors"));
        Assert.NotEqual(first, Made("2", "c.safetensors"));
    }

    [Fact]
    public void ExportWritesAFilePerNetwork()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "weights", "export", model.TwoLevels, "--onnx", "-o", "onnx");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        string[] names = ["encoder.onnx", "decoder2.onnx", "decoder1.onnx"];
        Assert.Equal(names.Select(name => $"{Path.Combine("onnx", name)}: 0.0 MB"), outcome.Output.Split(Environment.NewLine)[..^1]);
        Assert.Equal(names.Order(), new DirectoryInfo(folder.File("onnx")).EnumerateFiles().Select(file => file.Name).Order());
    }
}
