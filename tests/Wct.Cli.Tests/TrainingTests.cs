using System.Diagnostics;
using System.Text.Json;
using Wct.Imaging;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Tests;

/// <summary>Training, packing and judging through the tool.</summary>
public sealed class TrainingTests(TinyModel model)
{
    private static readonly string[] Short = ["--crop", "16", "--side", "32", "--batch", "2", "--lr", "0.001"];

    [Fact]
    public void AKilledRunGoesOnToTheSameBytes()
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        string[] Decoder(string output) =>
            ["train", "decoder", "--level", "2", "-e", model.Path, "-d", "pictures", "-o", output, "--steps", "200", "--checkpoint-every", "20", .. Short];
        Outcome whole = WctProcess.Run(folder.Path, Decoder("whole.safetensors"));
        Assert.Equal((0, ""), (whole.ExitCode, whole.Error));
        // On a busy machine it may end before it is killed: then once more from the start.
        bool killed = false;
        for (int attempt = 0; attempt < 5 && !killed; attempt++)
            killed = IsKilled(folder, Decoder("killed.safetensors"));
        Assert.True(killed, "it always ended before it was killed");
        Outcome resumed = WctProcess.Run(folder.Path, [.. Decoder("killed.safetensors"), "--resume"]);
        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        Assert.Equal(File.ReadAllBytes(folder.File("whole.safetensors")), File.ReadAllBytes(folder.File("killed.safetensors")));
        Assert.Equal(
            File.ReadAllText(folder.File("whole.safetensors.training/losses.csv")), File.ReadAllText(folder.File("killed.safetensors.training/losses.csv")));
    }

    [Fact]
    public void AnEncoderAndItsDecodersBecomeAModelThatIsJudged()
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        string[] few = ["-d", "pictures", "--steps", "2", "-q", "--hold-out", "1", .. Short];
        Outcome encoder = WctProcess.Run(folder.Path, ["train", "encoder", "--teacher", model.Path, "--widths", "4,5", "--init", "strongest", "--keep-colours", "--picture", "1", "--hints", "0.1", "-o", "e.safetensors", .. few]);
        Assert.Equal(new Outcome(0, "", ""), encoder);
        Assert.Equal(new Outcome(0, "", ""), WctProcess.Run(
            folder.Path, ["train", "decoder", "--level", "1", "-e", "e.safetensors", "--loss-network", model.Path, "-o", "d1.safetensors", .. few]));
        // Its encoder grows with it, and is still the other's.
        Assert.Equal(new Outcome(0, "", ""), WctProcess.Run(
            folder.Path, ["train", "decoder", "--level", "2", "-e", "e.safetensors", "--teacher", model.Path, "-o", "d2.safetensors", .. few]));
        Assert.False(EncoderFile.Load(folder.File("d2.encoder.safetensors")).IsPrefixOf(EncoderFile.Load(folder.File("e.safetensors"))));

        Outcome pack = WctProcess.Run(folder.Path, "train", "pack", "d1.safetensors", "d2.safetensors", "--half", "--licence", "none", "-o", "m.safetensors");
        Assert.Contains("levels 21", pack.Output);
        WctModel packed = WctModel.Load(folder.File("m.safetensors"));
        Assert.Equal("none", packed.Licence);
        Assert.True(EncoderFile.Load(folder.File("m.safetensors")).Deepest == 2 && packed.Encoders.Count() == 1);
        Outcome eval = WctProcess.Run(folder.Path, "eval", "-m", "m.safetensors", "-c", "pictures", "-s", "pictures", "-j", model.Path, "--side", "32", "-o", "e.json");
        Assert.Equal((0, ""), (eval.ExitCode, eval.Error));
        Assert.Contains("relu5_1", eval.Output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder.File("e.json")));
        Assert.Equal(2, json.RootElement.GetProperty("levels").GetArrayLength());
        Assert.Equal(5, json.RootElement.GetProperty("taps").GetArrayLength());
    }

    [Theory]
    [InlineData("-o nowhere/d.safetensors", "wct: nowhere/d.safetensors: the folder")]
    [InlineData("-o d.safetensors --resume", "wct: d.safetensors.training: no checkpoint to resume from.")]
    [InlineData("-o d.safetensors --hold-out 9", "wct: pictures: has 4 pictures")]
    [InlineData("-o d.safetensors --crop 15", "wct: The crop is 15 pixels")]
    public void MistakesAreOneLine(string arguments, string message)
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        Outcome outcome = WctProcess.Run(folder.Path, ["train", "decoder", "-l", "2", "-e", model.Path, "-d", "pictures", .. arguments.Contains("--crop") ? Short[2..] : Short, .. arguments.Split(' ')]);
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.StartsWith(message, outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("train", "wct train --help")]
    [InlineData("train decoder -l 6 -e m -d p -o o", "--level is '6', it must be a whole number in 1..5")]
    [InlineData("train decoder -l 3 -e m -d p", "'--output' is required")]
    [InlineData("train encoder --teacher t --widths 4,x -d p -o o", "--widths is '4,x', it must be one to five whole numbers")]
    [InlineData("train pack -o m", "Required argument")]
    [InlineData("eval -m m -c c -s s", "'--judge' is required")]
    public void WrongUsage(string arguments, string problem)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, arguments.Split(' '));
        Assert.Equal(ExitCode.WrongUsage, outcome.ExitCode);
        Assert.Contains(problem, outcome.Error);
    }

    private static bool IsKilled(TemporaryFolder folder, string[] arguments)
    {
        string result = folder.File("killed.safetensors"), state = result + ".training", checkpoint = Path.Combine(state, "checkpoint.safetensors");
        File.Delete(result);
        if (Directory.Exists(state))
            Directory.Delete(state, recursive: true);
        using Process process = WctProcess.Start(folder.Path, [], arguments);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(checkpoint) || process.HasExited, TimeSpan.FromMinutes(1)));
        process.Kill();
        process.WaitForExit();
        return !File.Exists(result);
    }

    private static void Pictures(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.File("pictures"));
        for (int i = 0; i < 4; i++)
        {
            Bitmap picture = new(40 + i, 36, PixelFormat.Rgb24);
            for (int at = 0; at < picture.Pixels.Length; at++)
                picture.Pixels[at] = (byte)(at * (i + 1) / 7);
            ImageFile.Write(Path.Combine(folder.File("pictures"), $"{i}.png"), picture);
        }
    }
}
