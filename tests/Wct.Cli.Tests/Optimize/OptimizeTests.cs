using System.Diagnostics;
using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Tests.Optimize;

/// <summary>Tests <c>wct optimize</c>, <c>wct invert</c> and <c>wct texture --method gram</c> as users run them.</summary>
public sealed class OptimizeTests(TinyModel model)
{
    [Fact]
    public void PaintsAPhotoAndReportsTheLosses()
    {
        using TemporaryFolder folder = Pictures();
        Outcome outcome = Run(folder, $"optimize c.png s.png -n {model.Path} --steps 3 -o out.png");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        string[] lines = outcome.Output.Split(Environment.NewLine);
        Assert.StartsWith("step 1/3  48x40  loss ", lines[0]);
        Assert.Matches(@"^out\.png: 48x40, 3 steps, loss \S+, style \S+, content \S+, variation \S+, \S+ s$", lines[^2]);
        PixelImage result = ImageFile.Read(folder.File("out.png")), content = ImageFile.Read(folder.File("c.png"));
        Assert.Equal((48, 40), (result.Width, result.Height));
        Assert.NotEqual(content.Bytes, result.Bytes);
    }

    // Each option decides the result.
    [Theory]
    [InlineData("--strength 50")]
    [InlineData("--style-weight 5 --content-weight 2")]
    [InlineData("--content-weight 0")]
    [InlineData("--tv-weight 100")]
    [InlineData("--style-taps 1,2_2:0.5,5")]
    [InlineData("--style-taps 12")]
    [InlineData("--content-tap 2_2")]
    [InlineData("--style-loss mrf --style-taps 2,3 --match-every 2")]
    [InlineData("--start noise --seed 5")]
    [InlineData("--start s.png")]
    [InlineData("--pool average")]
    [InlineData("--optimizer adam --lr 0.1")]
    [InlineData("--pyramid 2")]
    [InlineData("--preserve-color luminance")]
    [InlineData("--preserve-color linear:0.5")]
    [InlineData("--style-size 20")]
    [InlineData("--mask m.png")]
    [InlineData("--style-mask t.png")]
    [InlineData("t.png:0.5")]
    [InlineData("--previous c.png --flow f.flo")]
    [InlineData("--previous c.png --flow f.flo --temporal-weight 0 --start previous")]
    [InlineData("--previous c.png --flow f.flo --reverse-flow r.flo --previous c.png --flow f.flo --reverse-flow r.flo")]
    public void OptionsChangeTheResult(string options)
    {
        using TemporaryFolder folder = Pictures();
        Assert.Equal(ExitCode.Done, Run(folder, $"optimize c.png s.png -n {model.Path} --steps 4 -q -o plain.png").ExitCode);
        Assert.Equal(
            new Outcome(ExitCode.Done, "", ""), Run(folder, $"optimize c.png s.png {options} -n {model.Path} --steps 4 -q -o out.png"));
        Assert.NotEqual(File.ReadAllBytes(folder.File("plain.png")), File.ReadAllBytes(folder.File("out.png")));
    }

    [Theory]
    [InlineData("optimize c.png s.png --style-taps 6", "--style-taps is '6', it must have taps (a level, 1 to 5, or a layer such as 4_2)")]
    [InlineData("optimize c.png s.png --style-taps 1:x", "--style-taps is '1:x'")]
    [InlineData("optimize c.png s.png --content-tap 4_9", "--content-tap is '4_9', it must be a level, 1 to 5, or a layer such as 4_2")]
    [InlineData("optimize c.png s.png --lr 0.1", "--lr is for --optimizer adam; L-BFGS finds its own step lengths")]
    [InlineData("optimize c.png s.png --resume", "--resume goes on from --checkpoint, which is missing")]
    [InlineData("optimize c.png s.png --save-every 5", "--save-every is for --save-steps, which is missing")]
    [InlineData("optimize c.png s.png --seed 5", "--seed is for --start noise")]
    [InlineData("optimize c.png s.png --match-every 5", "--match-every is for --style-loss mrf")]
    [InlineData("optimize c.png s.png t.png --style-loss mrf", "--style-loss mrf has one style without masks")]
    [InlineData("optimize c.png s.png --mask m.png --mask m.png", "--mask is given 2 times for 1 style; give it once per style")]
    [InlineData("optimize c.png s.png:0", "STYLE is 's.png:0', its weight must be above 0")]
    [InlineData("optimize c.png s.safetensors", "s.safetensors: is a style file; optimizing needs the picture")]
    [InlineData("optimize c.png s.png --strength 2 --style-weight 5", "leave one out")]
    [InlineData("optimize c.png s.png --style-weight 0 --content-weight 0 --tv-weight 0", "are all 0; one must be above 0")]
    [InlineData("optimize c.png s.png --flow f.flo", "--flow is for --previous, which is missing")]
    [InlineData("optimize c.png s.png --temporal-weight 5", "--temporal-weight is for --previous, which is missing")]
    [InlineData("optimize c.png s.png --start previous", "--start previous is for --previous, which is missing")]
    [InlineData("optimize c.png s.png --previous c.png", "--flow is missing for 1 --previous; give it once per --previous")]
    [InlineData(
        "optimize c.png s.png --previous c.png --previous c.png --flow f.flo --flow f.flo --reverse-flow f.flo",
        "--reverse-flow is given once for 2 --previous; give it once per --previous")]
    [InlineData("optimize c.png", "Required argument 'STYLE' missing")]
    [InlineData("invert c.png --checkpoint x.safetensors", "--checkpoint and --save-steps belong to a single picture")]
    [InlineData("texture s.png --steps 5", "--steps is for --method gram")]
    [InlineData("texture s.png --method gram --alpha 0.5", "--alpha is for --method wct")]
    [InlineData("texture s.png --method gram --tileable", "--tileable is for --method wct")]
    public void WrongUsageGivesOneLine(string arguments, string message)
    {
        using TemporaryFolder folder = Pictures();
        Outcome outcome = Run(folder, arguments);
        Assert.Equal((ExitCode.WrongUsage, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("wct: ", outcome.Error);
        Assert.Contains(message, outcome.Error);
        Assert.EndsWith($"--help){Environment.NewLine}", outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("optimize none.png s.png", "none.png: no such file")]
    [InlineData("optimize c.png none.png", "none.png: no such file")]
    [InlineData("optimize c.png s.png -n none.safetensors", "none.safetensors: ")]
    [InlineData("optimize c.png s.png -n two.safetensors", "two.safetensors: The loss 'style' reads 'relu3_1'; the network has relu1_1 to")]
    [InlineData("optimize c.png s.png --mask s.png", "s.png: --mask has 36x44 pixels, c.png has 48x40")]
    [InlineData("optimize c.png s.png --previous s.png --flow f.flo", "s.png: --previous has 36x44 pixels, the result has 48x40")]
    [InlineData("optimize c.png s.png --previous c.png --flow none.flo", "none.flo: no such file")]
    [InlineData("optimize c.png s.png --previous c.png --flow c.png", "c.png: is not a .flo file: the first number is ")]
    [InlineData("optimize c.png s.png --previous c.png --flow g.flo", "g.flo: --flow has 36x44 pixels, c.png has 48x40")]
    [InlineData(
        "optimize c.png s.png --previous c.png --flow f.flo --reverse-flow g.flo",
        "g.flo: --reverse-flow has 36x44 pixels, c.png has 48x40")]
    [InlineData("optimize c.png s.png --pyramid 3", "With 3 sizes the smallest one has a side of 10 pixels, at least 16 are needed")]
    [InlineData("optimize s.png c.png --style-loss mrf --style-taps 5", "features at relu5_1, patches need 3x3; a larger picture or a")]
    [InlineData("optimize c.png s.png -f -o no/such.png", "no/such.png: the folder")]
    [InlineData("optimize c.png s.png --max-pixels 100", "--max-pixels raises it")]
    [InlineData("texture s.png --method gram --size 64x64 --max-pixels 2000", "--size is 64x64, which has more than 2000 pixels")]
    public void FailuresGiveOneLine(string arguments, string message)
    {
        using TemporaryFolder folder = Pictures();
        File.Copy(model.TwoLevels, folder.File("two.safetensors"));
        string output = arguments.Contains("-o ") ? "" : " -o out.png";
        Outcome outcome = Run(folder, $"{arguments} --steps 2{output}");
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Contains(message, outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.False(File.Exists(folder.File("out.png")));
    }

    [Fact]
    public void AnInputIsNotReplaced()
    {
        using TemporaryFolder folder = Pictures();
        byte[] before = File.ReadAllBytes(folder.File("s.png"));
        Assert.Contains("s.png: is an input", Run(folder, $"optimize c.png s.png -n {model.Path} --steps 2 -o s.png").Error);
        Assert.Equal(before, File.ReadAllBytes(folder.File("s.png")));
    }

    [Fact]
    public void AResumedRunGivesTheSameFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = Pictures();
        string command = $"optimize c.png s.png -n {model.Path} --steps 60 --save-steps steps --save-every 20";
        Assert.Equal(ExitCode.Done, Run(folder, $"{command} -o whole.png").ExitCode);
        Assert.Equal(
            ["step000020.png", "step000040.png", "step000060.png"],
            Directory.EnumerateFiles(folder.File("steps")).Select(Path.GetFileName).Order());
        string[] part = [.. $"{command} -o part.png -c run.safetensors --resume".Split(' ')];
        Directory.Delete(folder.File("steps"), recursive: true);
        using (Process process = WctProcess.Start(folder.Path, [], part))
        {
            // The first intermediate picture tells that the run has begun.
            while (!process.HasExited && !File.Exists(folder.File("steps/step000020.png")))
                Thread.Sleep(1);
            WctProcess.Signal(process, "INT");
            Outcome outcome = WctProcess.End(process);
            if (outcome.ExitCode == ExitCode.Interrupted)
            {
                Assert.Equal($"wct: canceled; part.png has the best picture so far{Environment.NewLine}", outcome.Error);
                Assert.NotEqual(File.ReadAllBytes(folder.File("whole.png")), File.ReadAllBytes(folder.File("part.png")));
                Assert.True(File.Exists(folder.File("run.safetensors")));
            }
        }

        Outcome last = Run(folder, string.Join(' ', part));
        Assert.Equal((ExitCode.Done, ""), (last.ExitCode, last.Error));
        Assert.Equal(File.ReadAllBytes(folder.File("whole.png")), File.ReadAllBytes(folder.File("part.png")));
    }

    [Fact]
    public void InvertsOneTapOrDrawsASheet()
    {
        using TemporaryFolder folder = Pictures();
        Assert.Equal(ExitCode.Done, Run(folder, $"invert c.png -n {model.Path} --taps 2 --steps 3 -o one.png").ExitCode);
        PixelImage one = ImageFile.Read(folder.File("one.png"));
        Assert.Equal((48, 40), (one.Width, one.Height));
        Outcome outcome = Run(folder, $"invert c.png -n {model.Path} --steps 2 --cell 32 -o sheet.png");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("relu5_1 (5/5)  step 1/2", outcome.Output);
        // The content and five taps.
        Assert.True(ImageFile.Read(folder.File("sheet.png")).Width > 6 * 32);
    }

    [Fact]
    public void MakesTexturesOfItsSeed()
    {
        using TemporaryFolder folder = Pictures();
        foreach (string seed in (string[])["1", "1", "2"])
        {
            string file = File.Exists(folder.File($"{seed}.png")) ? "again.png" : $"{seed}.png";
            Assert.Equal(
                new Outcome(ExitCode.Done, "", ""),
                Run(folder, $"texture s.png --method gram -n {model.Path} --size 40x24 --seed {seed} --steps 3 -q -o {file}"));
        }

        PixelImage texture = ImageFile.Read(folder.File("1.png"));
        Assert.Equal((40, 24), (texture.Width, texture.Height));
        Assert.Equal(texture.Bytes, ImageFile.Read(folder.File("again.png")).Bytes);
        Assert.NotEqual(texture.Bytes, ImageFile.Read(folder.File("2.png")).Bytes);
    }

    // A clip of a square that moves. The measured ratio is 0.035.
    [Fact]
    public void FramesOfAVideoAreConsistent()
    {
        using TemporaryFolder folder = Pictures();
        for (int number = 0; number < 3; number++)
        {
            ImageFile.Write(folder.File($"{number}.png"), MovingSquare.Frame(number));
            Motion(folder, $"flow{number}.flo", 2, number);
            Motion(folder, $"back{number}.flo", number, 2);
        }

        Motion(folder, "flow.flo", 1, 0);
        Motion(folder, "back.flo", 0, 1);
        string options = $"s.png -n {model.Path} --steps 20 -q";
        for (int number = 0; number < 3; number++)
            Done($"optimize {number}.png {options} --start noise --seed {number} -o alone{number}.png");
        options += " --temporal-weight 1000 --start previous";
        Done($"optimize 1.png {options} --previous alone0.png --flow flow.flo --reverse-flow back.flo -o with1.png");
        Done($"optimize 2.png {options} --previous with1.png --flow flow1.flo --reverse-flow back1.flo --previous alone0.png "
            + "--flow flow0.flo --reverse-flow back0.flo -o with2.png");
        double independent = Error("alone1.png", 1, "alone0.png") + Error("alone2.png", 2, "alone1.png");
        double consistent = Error("with1.png", 1, "alone0.png") + Error("with2.png", 2, "with1.png");
        TestContext.Current.TestOutputHelper?.WriteLine($"{consistent / independent}");
        Assert.True(consistent < 0.1 * independent, $"{consistent} {independent}");

        void Done(string arguments) => Assert.Equal(new Outcome(ExitCode.Done, "", ""), Run(folder, arguments));

        double Error(string result, int number, string previous) =>
            MovingSquare.WarpingError(ImageFile.Read(folder.File(result)), number, ImageFile.Read(folder.File(previous)));

        static void Motion(TemporaryFolder folder, string name, int from, int to) =>
            new FlowField(MovingSquare.Flow(from, to), MovingSquare.Width, MovingSquare.Height).Write(folder.File(name));
    }

    // A smaller photo has shorter vectors.
    [Fact]
    public void AFieldIsResizedWithThePhoto()
    {
        using TemporaryFolder folder = Pictures();
        string options = $"optimize c.png s.png --size 20 -n {model.Path} --steps 2 -q";
        Assert.Equal(ExitCode.Done, Run(folder, $"{options} -o small.png").ExitCode);
        new FlowField([.. Enumerable.Repeat(2f, 2 * 48 * 40)], 48, 40).Write(folder.File("large.flo"));
        new FlowField([.. Enumerable.Repeat(1f, 2 * 24 * 20)], 24, 20).Write(folder.File("small.flo"));
        foreach (string flow in (string[])["large", "small"])
        {
            Assert.Equal(
                new Outcome(ExitCode.Done, "", ""),
                Run(folder, $"{options} --previous small.png --flow {flow}.flo --start previous -o {flow}-out.png"));
        }

        Assert.Equal(File.ReadAllBytes(folder.File("large-out.png")), File.ReadAllBytes(folder.File("small-out.png")));
    }

    private static Outcome Run(TemporaryFolder folder, string arguments) => WctProcess.Run(folder.Path, arguments.Split(' '));

    private static TemporaryFolder Pictures()
    {
        TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 48, 40);
        TestPictures.Write(folder, "s.png", 36, 44);
        PixelImage mask = new(48, 40, PixelLayout.Gray8);
        mask.Bytes.AsSpan(0, 48 * 20).Fill(255);
        ImageFile.Write(folder.File("m.png"), mask);
        // Bright on the left.
        PixelImage part = new(36, 44);
        for (int i = 0; i < part.Bytes.Length; i++)
            part.Bytes[i] = (byte)(i / 3 % 36 < 18 ? 250 - i % 3 * 40 : 0);
        ImageFile.Write(folder.File("t.png"), part);
        new FlowField([.. Enumerable.Repeat(1.5f, 2 * 48 * 40)], 48, 40).Write(folder.File("f.flo"));
        new FlowField([.. Enumerable.Repeat(-1.5f, 2 * 48 * 40)], 48, 40).Write(folder.File("r.flo"));
        new FlowField(new float[2 * 36 * 44], 36, 44).Write(folder.File("g.flo"));
        return folder;
    }
}
