using System.Diagnostics;
using System.Text.Json;
using Wct.Imaging;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Tests;

/// <summary>Tests training, packing and evaluation with the tool.</summary>
public sealed class TrainingTests(TinyModel model)
{
    private static readonly string[] Short = ["--crop", "16", "--side", "32", "--batch", "2", "--lr", "0.001"];

    [Fact]
    public void AResumedRunGivesTheSameBytes()
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        string[] Decoder(string output) =>
            ["train", "decoder", "--level", "2", "-e", model.Path, "-d", "pictures", "-o", output, "--steps", "200", "--checkpoint-every",
                "20", .. Short];
        Outcome whole = WctProcess.Run(folder.Path, Decoder("whole.safetensors"));
        Assert.Equal((0, ""), (whole.ExitCode, whole.Error));
        // On a busy machine the run may end before it is killed; then the test starts it again.
        bool killed = false;
        for (int attempt = 0; attempt < 5 && !killed; attempt++)
            killed = IsKilled(folder, Decoder("killed.safetensors"));
        Assert.True(killed, "it always ended before it was killed");
        // Files that a run leaves if it is killed while it writes.
        string[] remains =
            [.. new[] { ".killed.safetensors", "killed.safetensors.training/.checkpoint.safetensors",
                "killed.safetensors.training/.losses.csv" }
            .Select(name => folder.File($"{name}.wct-{AtomicFileTests.EndedProcess()}-abcdefgh.tmp"))];
        Array.ForEach(remains, path => File.WriteAllText(path, "part"));
        string other = folder.File($".other.safetensors.wct-{AtomicFileTests.EndedProcess()}-abcdefgh.tmp");
        File.WriteAllText(other, "part");
        Outcome resumed = WctProcess.Run(folder.Path, [.. Decoder("killed.safetensors"), "--resume"]);
        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        Assert.DoesNotContain(remains, File.Exists);
        Assert.True(File.Exists(other));
        Assert.Equal(File.ReadAllBytes(folder.File("whole.safetensors")), File.ReadAllBytes(folder.File("killed.safetensors")));
        Assert.Equal(
            File.ReadAllText(folder.File("whole.safetensors.training/losses.csv")),
            File.ReadAllText(folder.File("killed.safetensors.training/losses.csv")));
    }

    [Fact]
    public void TrainedNetworksArePackedAndEvaluated()
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        string[] few = ["-d", "pictures", "--steps", "2", "-q", "--hold-out", "1", .. Short];
        Outcome encoder = WctProcess.Run(
            folder.Path,
            ["train", "encoder", "--teacher", model.Path, "--widths", "4,5", "--init", "strongest", "--keep-colors", "--picture", "1",
                "--hints", "0.1", "-o", "e.safetensors", .. few]);
        Assert.Equal(new Outcome(0, "", ""), encoder);
        Assert.Equal(new Outcome(0, "", ""), WctProcess.Run(
            folder.Path,
            ["train", "decoder", "--level", "1", "-e", "e.safetensors", "--loss-network", model.Path, "-o", "d1.safetensors", .. few]));
        // With a teacher, the encoder layers of the decoder's level are trained too, so they differ from those in e.
        Assert.Equal(new Outcome(0, "", ""), WctProcess.Run(
            folder.Path,
            ["train", "decoder", "--level", "2", "-e", "e.safetensors", "--teacher", model.Path, "-o", "d2.safetensors", .. few]));
        Assert.False(EncoderFile.Load(folder.File("d2.encoder.safetensors")).IsPrefixOf(EncoderFile.Load(folder.File("e.safetensors"))));

        Outcome pack = WctProcess.Run(
            folder.Path, "train", "pack", "d1.safetensors", "d2.safetensors", "--half", "--license", "none", "-o", "m.safetensors");
        Assert.Contains("levels 21", pack.Output);
        WctModel packed = WctModel.Load(folder.File("m.safetensors"));
        Assert.Equal("none", packed.License);
        Assert.True(EncoderFile.Load(folder.File("m.safetensors")).Deepest == 2 && packed.Encoders.Count() == 1);
        Outcome eval = WctProcess.Run(
            folder.Path, "eval", "-m", "m.safetensors", "-c", "pictures", "-s", "pictures", "-j", model.Path, "--side", "32", "-o",
            "e.json");
        Assert.Equal((0, ""), (eval.ExitCode, eval.Error));
        Assert.Contains("relu5_1", eval.Output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder.File("e.json")));
        Assert.Equal(2, json.RootElement.GetProperty("levels").GetArrayLength());
        Assert.Equal(5, json.RootElement.GetProperty("taps").GetArrayLength());
    }

    // An inverse network of Chen and Schmidt 2016: trained without a pixel loss, used with style swap.
    [Fact]
    public void AnInverseNetworkIsTrainedAndUsed()
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        Assert.Equal(new Outcome(0, "", ""), WctProcess.Run(
            folder.Path,
            ["train", "decoder", "--level", "2", "-e", model.Path, "--pixel-weight", "0", "--variation", "0.01", "-d", "pictures", "-o",
                "inverse.safetensors", "--steps", "4", "-q", .. Short]));
        string[] log = File.ReadAllLines(folder.File("inverse.safetensors.training/losses.csv"));
        Assert.Equal("step,rate,loss,pixel,feature,variation", log[0]);
        Assert.All(log[1..], line => Assert.Equal("0", line.Split(',')[3]));
        string picture = Directory.EnumerateFiles(folder.File("pictures")).Order().First();
        Outcome stylized = WctProcess.Run(
            folder.Path, "stylize", picture, picture, "--transform", "swap", "--levels", "2", "-w", "inverse.safetensors", "-o", "s.png");
        Assert.Equal((0, ""), (stylized.ExitCode, stylized.Error));
        Assert.True(File.Exists(folder.File("s.png")));
    }

    // The same warnings as those of stylize. Pictures that can't be read at all are tested elsewhere.
    [Fact]
    public void DamageIsReportedOncePerFile()
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        foreach (string name in (string[])["pictures/a.jpg", "pictures/b.jpg"])
        {
            TestPictures.Write(folder, name, 40, 36);
            File.WriteAllBytes(folder.File(name), File.ReadAllBytes(folder.File(name))[..^2]);
        }

        string[] expected = [.. new[] { "a", "b" }.Select(name => $"wct: warning: pictures/{name}.jpg: truncated: no end-of-image marker")];
        Outcome train = WctProcess.Run(folder.Path, [
            "train", "decoder", "--level", "1", "-e", model.Path, "-d", "pictures", "-o", "d.safetensors", "--steps", "12",
            "--hold-out", "1",
            "--sample-every", "3", "-q", .. Short]);
        Assert.Equal((0, ""), (train.ExitCode, train.Output));
        Assert.Equal(expected, train.Error.TrimEnd().Split(Environment.NewLine).Order(StringComparer.Ordinal));
        Outcome eval = WctProcess.Run(
            folder.Path, "eval", "-m", model.TwoLevels, "-c", "pictures", "-s", "pictures", "-j", model.Path, "--side", "32");
        Assert.Equal(0, eval.ExitCode);
        Assert.Equal(expected, eval.Error.TrimEnd().Split(Environment.NewLine).Order(StringComparer.Ordinal));
    }

    // Two links lead to the folder itself: without a record of the folders seen, there are too many paths to list.
    [Fact]
    public void LinkCyclesAreFollowedOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only some users make links");
        using TemporaryFolder folder = new();
        Pictures(folder);
        File.CreateSymbolicLink(folder.File("pictures/here"), ".");
        File.CreateSymbolicLink(folder.File("pictures/there"), ".");
        File.CreateSymbolicLink(folder.File("pictures/again.png"), "0.png");
        Outcome outcome = WctProcess.Run(
            folder.Path,
            ["train", "decoder", "-l", "1", "-e", model.Path, "-d", "pictures", "-o", "d.safetensors", "--steps", "1", "--hold-out", "1",
                .. Short]);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("3 pictures, 1 held out", outcome.Output);
    }

    [Fact]
    public void TheBuiltInModelCanBeTrainedPackedAndEvaluated()
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        string[] few = ["-d", "pictures", "--steps", "1", "-q", .. Short];
        Assert.Equal(new Outcome(0, "", ""), WctProcess.Run(folder.Path, ["train", "decoder", "-l", "1", "-o", "d1.safetensors", .. few]));
        Assert.Equal(new Outcome(0, "", ""), WctProcess.Run(
            folder.Path,
            ["train", "decoder", "-l", "1", "-e", "builtin", "--start", "builtin", "--loss-network", "builtin", "-o", "e1.safetensors",
                .. few]));
        Assert.Equal(new Outcome(0, "", ""), WctProcess.Run(
            folder.Path, ["train", "encoder", "--widths", "4", "-o", "e.safetensors", .. few]));

        Outcome pack = WctProcess.Run(folder.Path, "train", "pack", "--replace", "1=d1.safetensors", "-o", "m.safetensors");
        Assert.Equal((0, ""), (pack.ExitCode, pack.Error));
        Assert.Contains("levels 54321", pack.Output);
        WctModel before = WctModel.LoadDefault(), after = WctModel.Load(folder.File("m.safetensors")),
            trained = WctModel.Load(folder.File("d1.safetensors"));
        Assert.Single(after.Encoders);
        Assert.Equal((before.License, before.Origin), (after.License, after.Origin));
        foreach (LevelModel level in after.Levels)
        {
            DecoderWeights expected = (level.Level == 1 ? trained : before).Levels.Single(other => other.Level == level.Level).Decoder;
            Assert.All(expected.Convolutions.Zip(level.Decoder.Convolutions), pair => Assert.True(pair.First.SameBits(pair.Second)));
        }

        Outcome eval = WctProcess.Run(folder.Path, "eval", "-c", "pictures", "-s", "pictures", "--side", "32");
        Outcome same = WctProcess.Run(
            folder.Path, "eval", "-m", "builtin", "-j", "builtin", "-c", "pictures", "-s", "pictures", "--side", "32");
        Assert.Equal((0, ""), (eval.ExitCode, eval.Error));
        Assert.Equal(eval, same);
    }

    [Theory]
    [InlineData("--replace 3=TWO", "two.safetensors: has no decoder of level 3")]
    [InlineData("TWO --replace 5=MODEL", "has no level 5 to replace")]
    [InlineData("MODEL TWO", "level 2")]
    [InlineData("own.safetensors --replace 2=TWO -o own.safetensors", "own.safetensors: is an input")]
    public void AFailedPackGivesOneLine(string arguments, string problem)
    {
        using TemporaryFolder folder = new();
        File.Copy(model.Path, folder.File("own.safetensors"));
        byte[] before = File.ReadAllBytes(model.Path);
        string[] output = arguments.Contains("-o ") ? [] : ["-o", "m.safetensors"];
        Outcome outcome = WctProcess.Run(
            folder.Path,
                ["train", "pack", .. arguments.Replace("TWO", model.TwoLevels).Replace("MODEL", model.Path).Split(' '), .. output]);
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(problem, Assert.Single(outcome.Error.TrimEnd().Split('\n')));
        Assert.Equal(before, File.ReadAllBytes(folder.File("own.safetensors")));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void ForceReplacesTheInputModel()
    {
        using TemporaryFolder folder = new();
        File.Copy(model.Path, folder.File("own.safetensors"));
        Outcome outcome = WctProcess.Run(
            folder.Path, "train", "pack", "own.safetensors", "--replace", $"2={model.TwoLevels}", "-r", $"1={model.TwoLevels}", "-o",
            "own.safetensors", "--force");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(File.ReadAllBytes(model.Path), File.ReadAllBytes(folder.File("own.safetensors")));
    }

    [Theory]
    [InlineData("-o nowhere/d.safetensors", "wct: nowhere/d.safetensors: the folder")]
    [InlineData("-o d.safetensors --resume", "wct: d.safetensors.training: no checkpoint to resume from.")]
    [InlineData("-o d.safetensors --hold-out 9", "wct: pictures: has 4 pictures")]
    [InlineData("-o d.safetensors --crop 15", "wct: The crop is 15 pixels")]
    public void AFailedTrainingGivesOneLine(string arguments, string message)
    {
        using TemporaryFolder folder = new();
        Pictures(folder);
        Outcome outcome = WctProcess.Run(
            folder.Path, ["train", "decoder", "-l", "2", "-e", model.Path, "-d", "pictures", .. arguments.Contains("--crop") ? Short[2..]
                : Short, .. arguments.Split(' ')]);
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.StartsWith(message, outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("train", "wct train --help")]
    [InlineData("train decoder -l 6 -e m -d p -o o", "--level is '6', it must be a whole number in 1..5")]
    [InlineData("train decoder -l 3 -e m -d p", "'--output' is required")]
    [InlineData(
        "train decoder -l 3 -d p -o o --pixel-weight 0 --lambda 0",
        "--pixel-weight, --lambda and --variation are all 0; one must be above 0")]
    [InlineData("train encoder --teacher t --widths 4,x -d p -o o", "--widths is '4,x', it must be one to five whole numbers")]
    [InlineData("train pack -o m", "Required argument")]
    [InlineData("eval -m m -c c", "'--style' is required")]
    public void WrongUsage(string arguments, string problem)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, arguments.Split(' '));
        Assert.Equal(ExitCode.WrongUsage, outcome.ExitCode);
        Assert.Contains(problem, outcome.Error);
    }

    private static bool IsKilled(TemporaryFolder folder, string[] arguments)
    {
        string result = folder.File("killed.safetensors"), state = result + ".training",
            checkpoint = Path.Combine(state, "checkpoint.safetensors");
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
            PixelImage picture = new(40 + i, 36, PixelLayout.Rgb24);
            for (int at = 0; at < picture.Bytes.Length; at++)
                picture.Bytes[at] = (byte)(at * (i + 1) / 7);
            ImageFile.Write(Path.Combine(folder.File("pictures"), $"{i}.png"), picture);
        }
    }
}
