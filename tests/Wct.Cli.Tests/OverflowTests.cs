using Wct.Net.Models;

namespace Wct.Cli.Tests;

/// <summary>Tests that weights whose features overflow give one error line and no picture.</summary>
public sealed class OverflowTests(TinyModel model)
{
    [Fact]
    public void WeightsThatOverflowGiveOneLineAndNoPicture()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "content.png", 20, 12);
        TestPictures.Write(folder, "style.png", 16, 16);
        LevelModel level = model.Model.Levels.First(candidate => candidate.Level == 2);
        ConvolutionWeights[] large = [.. level.Decoder.Convolutions.Select(layer => new ConvolutionWeights(
            layer.Name, layer.OutChannels, layer.InChannels, layer.KernelSize,
            Array.ConvertAll(layer.Weights.ToArray(), weight => weight * 1e25f), layer.Bias.ToArray()))];
        new WctModel(
            [new LevelModel(2, level.Encoder, new DecoderWeights(2, large, lastRelu: false))]).Save(folder.File("large.safetensors"));
        Outcome outcome = WctProcess.Run(folder.Path, "stylize", "content.png", "style.png", "-w", "large.safetensors", "-o", "out.png");
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Matches(@"\Awct: The features of [^\r\n]* overflow: [^\r\n]+\r?\n\z", outcome.Error);
        Assert.False(File.Exists(folder.File("out.png")));
    }
}
