using Wct.Net.Models;

namespace Wct.Cli.Tests;

/// <summary>Inspecting and importing weights.</summary>
public sealed class WeightsTests(TinyModel model)
{
    [Fact]
    public void InspectTellsWhatIsThere()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "weights", "inspect", model.Path);
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"(?m)^origin +a generator of random numbers\r?$", outcome.Output);
        Assert.Matches(@"(?m)^licence +none needed\r?$", outcome.Output);
        Assert.Matches(@"(?m)^levels +5 4 3 2 1\r?$", outcome.Output);
        Assert.Matches(@"(?m)^encoders +levels 54321 share one\r?$", outcome.Output);
        Assert.Matches($@"(?m)^parameters +{model.Model.Parameters:N0}\r?$", outcome.Output);
        Assert.Matches(@"(?m)^encoder 54321  conv1_1  4 x 3 x 3 x 3 +112\r?$", outcome.Output);
        Assert.Matches(@"(?m)^decoder 5 +conv5_1  7 x 8 x 3 x 3 +511\r?$", outcome.Output);
        int convolutions = model.Model.Encoders.Single().Convolutions.Count + model.Model.Levels.Sum(level => level.Decoder.Convolutions.Count);
        Assert.Equal(5 + 1 + 1 + convolutions, outcome.Output.Split(Environment.NewLine).Length - 1);
    }

    [Fact]
    public void InspectSaysWhenNothingIsStated()
    {
        using TemporaryFolder folder = new();
        string output = WctProcess.Run(folder.Path, "weights", "inspect", model.TwoLevels).Output;
        Assert.Matches(@"(?m)^licence +not stated\r?$", output);
    }

    // Whoever made the file chose the words.
    [Fact]
    public void InspectPrintsNoControlCharacters()
    {
        using TemporaryFolder folder = new();
        new WctModel(model.Model.Levels, "here\e[2J", "MIT\nlevels      none\u2028").Save(folder.File("m.safetensors"));
        string output = WctProcess.Run(folder.Path, "weights", "inspect", "m.safetensors").Output;
        Assert.Matches(@"(?m)^origin +here\?\[2J\r?$", output);
        Assert.Matches(@"(?m)^licence +MIT\?levels      none\?\r?$", output);
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
    public void HalfIsAboutHalf()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "weights", "import", model.Path, "--half", "-o", "half.safetensors");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("F16", outcome.Output);
        long saved = new FileInfo(model.Path).Length - new FileInfo(folder.File("half.safetensors")).Length;
        Assert.InRange(saved, model.Model.Parameters * 2 * 9 / 10, model.Model.Parameters * 2);
    }

    [Fact]
    public void ImportedFileGivesTheFoldersPictures()
    {
        string published = Shared.Path("models/compact16x");
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 40, 33);
        Assert.Equal(ExitCode.Done, WctProcess.Run(folder.Path, "weights", "import", published, "-o", "m.safetensors").ExitCode);
        Assert.Equal(ExitCode.Done, WctProcess.Run(folder.Path, "stylize", "c.png", "c.png", "-w", published, "-o", "folder.png").ExitCode);
        Assert.Equal(ExitCode.Done, WctProcess.Run(folder.Path, "stylize", "c.png", "c.png", "-w", "m.safetensors", "-o", "file.png").ExitCode);
        Assert.Equal(File.ReadAllBytes(folder.File("folder.png")), File.ReadAllBytes(folder.File("file.png")));
    }
}
