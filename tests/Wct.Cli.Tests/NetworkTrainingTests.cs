using Wct.Imaging;
using Wct.Net.Models;

namespace Wct.Cli.Tests;

/// <summary>Tests the training of feed-forward networks with the tool, up to their use.</summary>
public sealed class NetworkTrainingTests : IDisposable
{
    private static readonly string[] Short = ["--steps", "2", "--batch", "2", "--crop", "32", "--width", "2", "-q"];

    private readonly TemporaryFolder _folder = new();

    public NetworkTrainingTests()
    {
        Directory.CreateDirectory(_folder.File("photos"));
        for (int i = 0; i < 3; i++)
            TestPictures.Write(_folder, $"photos/{i}.png", 50 + i, 44);
        TestPictures.Write(_folder, "night.png", 40, 36);
        TestPictures.Write(_folder, "wave.png", 36, 40);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneNetworkLearnsSeveralStyles()
    {
        Done(["train", "style", "--style", "night.png", "--style", "wave.png", "-d", "photos", "--side", "32", "--blocks", "1", "--half",
            "--origin", "a test", "-o", "n.safetensors", .. Short]);
        StyleNetworkModel model = StyleNetworkModel.Load(_folder.File("n.safetensors"));
        Assert.Equal(["night", "wave"], model.Styles);
        Assert.Equal("a test", model.Origin);
        Assert.True(File.Exists(_folder.File("n.safetensors.training/samples.png")));
        Done(["apply", "n.safetensors", "photos/0.png", "--style", "0.3,0.7", "-o", "mixed.png", "-q"]);
        Done(["apply", "n.safetensors", "photos/0.png", "--style", "wave", "-o", "wave-0.png", "-q"]);
        Assert.NotEqual(ImageFile.Read(_folder.File("mixed.png")).Bytes, ImageFile.Read(_folder.File("wave-0.png")).Bytes);

        // Trained further, it keeps its layers.
        Done(["train", "style", "-s", "night.png", "wave.png", "-d", "photos", "--side", "32", "--start", "n.safetensors", "-o",
            "m.safetensors", .. Short]);
        Assert.Equal(
            model.Table.Layers.Select(layer => layer.Name),
            StyleNetworkModel.Load(_folder.File("m.safetensors")).Table.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void ThePyramidsNoiseChangesTheResult()
    {
        Done(["train", "style", "-s", "night.png", "-d", "photos", "--side", "32", "--architecture", "pyramid", "--strength", "2", "-o",
            "p.safetensors", .. Short]);
        Done(["apply", "p.safetensors", "photos/0.png", "-o", "one.png", "-q"]);
        Done(["apply", "p.safetensors", "photos/0.png", "--noise", "0", "-o", "none.png", "-q"]);
        Assert.NotEqual(ImageFile.Read(_folder.File("one.png")).Bytes, ImageFile.Read(_folder.File("none.png")).Bytes);
    }

    [Fact]
    public void ATextureNetworkNeedsNoPhotos()
    {
        Done(["train", "texture", "--style", "night.png", "--style-size", "32", "--style-taps", "1,2:0.5", "-o", "t.safetensors",
            .. Short]);
        Done(["apply", "t.safetensors", "--size", "70x40", "--seed", "3", "-o", "wall.png", "-q"]);
        PixelImage wall = ImageFile.Read(_folder.File("wall.png"));
        Assert.Equal((70, 40), (wall.Width, wall.Height));
    }

    [Fact]
    public void AnUpscalingNetworkMakesPicturesFourTimesAsLarge()
    {
        Done(["train", "upscale", "-d", "photos", "--side", "32", "--blocks", "1", "--taps", "1,2_2", "-o", "u.safetensors", .. Short]);
        Done(["apply", "u.safetensors", "photos/1.png", "-o", "large.png", "-q"]);
        PixelImage large = ImageFile.Read(_folder.File("large.png"));
        Assert.Equal((4 * 51, 4 * 44), (large.Width, large.Height));
    }

    [Theory]
    [InlineData("style -s nothing.png -d photos -o n.safetensors", "wct: nothing.png: no such file")]
    [InlineData("style -s photos -d photos -o n.safetensors", "wct: photos: is a folder, not a picture")]
    [InlineData("style -s night.png -d photos -o night.png", "wct: night.png: is an input")]
    [InlineData("style -s night.png -d photos --crop 30 -o n.safetensors", "wct: The crop is 30 pixels")]
    [InlineData("style -s night.png -d photos --content-tap 9 -o n.safetensors", "wct: --content-tap is '9'")]
    [InlineData("style -s night.png -d photos --start night.png -o n.safetensors", "wct: night.png: is a PNG")]
    [InlineData("texture -s night.png -d photos -o n.safetensors", "wct: ")]
    [InlineData("upscale -o n.safetensors", "wct: ")]
    public void AFailedTrainingGivesOneLine(string arguments, string message)
    {
        Outcome outcome = WctProcess.Run(_folder.Path, ["train", .. arguments.Split(' ')]);
        Assert.NotEqual(ExitCode.Done, outcome.ExitCode);
        Assert.StartsWith(message, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Split('\n'), line => line.StartsWith("wct: ", StringComparison.Ordinal));
        Assert.False(File.Exists(_folder.File("n.safetensors")));
    }

    private void Done(string[] arguments)
    {
        Outcome outcome = WctProcess.Run(_folder.Path, arguments);
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), outcome);
    }
}
