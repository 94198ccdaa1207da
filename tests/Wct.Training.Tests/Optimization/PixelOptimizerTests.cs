using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Optimization;

namespace Wct.Training.Tests.Optimization;

public class PixelOptimizerTests
{
    private static readonly PixelImage Style = TrainingPictures.Draw(48, 40, 1), Content = TrainingPictures.Draw(45, 37, 2);

    private static readonly EncoderWeights Network = RandomModel.Create([8, 12, 16], 1).Levels[0].Encoder;

    private static readonly TapWeight[] Taps = [new("relu1_1"), new("relu2_1"), new("relu3_1")];

    private static readonly PixelOptimizerOptions Options = new() { Network = Network, Steps = 6, CheckpointEvery = 2 };

    // The losses of a style, as Gram matrices or as patches that are matched anew after every third step.
    private static ILossTerm[] Losses(bool patches = false) =>
    [
        patches ? new MarkovLoss(Style, Taps, 10, matchEvery: 3) : new GramLoss(Style, Taps, 10),
        new ContentLoss(Content, "relu2_1"), new TotalVariationLoss(0.01),
    ];

    [Fact]
    public async Task EachStepOfLbfgsLowersTheLoss()
    {
        List<PixelProgress> reports = [];
        PixelImage result = await Run(Options with { Steps = 12 }, reports: reports);
        Assert.Equal((45, 37, PixelLayout.Rgb24), (result.Width, result.Height, result.Layout));
        Assert.Equal(Enumerable.Range(1, 12).Select(step => (long)step), reports.Select(report => report.Step));
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.Second.Losses.Total < pair.First.Losses.Total));
        Assert.Equal(["style", "content", "variation"], reports[0].Losses.Terms.Select(term => term.Name));
        Assert.InRange(reports[^1].Evaluations, 13, 40);
    }

    [Fact]
    public async Task AdamLowersTheLoss()
    {
        List<PixelProgress> reports = [];
        await Run(Options with { Method = PixelMethod.Adam, Steps = 30 }, reports: reports);
        Assert.True(reports[^1].Losses.Total < reports[0].Losses.Total / 2);
        Assert.Equal(31, reports[^1].Evaluations);
    }

    [Theory]
    [InlineData(PixelMethod.Lbfgs, false)]
    [InlineData(PixelMethod.Lbfgs, true)]
    [InlineData(PixelMethod.Adam, false)]
    public async Task TheNumberOfThreadsDoesNotMatter(PixelMethod method, bool patches)
    {
        byte[] expected = (await Run(Options with { Method = method, Threads = 1 }, patches)).Bytes;
        foreach (int threads in (int[])[2, 3])
            Assert.Equal(expected, (await Run(Options with { Method = method, Threads = threads }, patches)).Bytes);
    }

    // The run is canceled after each of its steps, and resumed.
    [Theory]
    [InlineData(PixelMethod.Lbfgs, false, 1)]
    [InlineData(PixelMethod.Lbfgs, true, 1)]
    [InlineData(PixelMethod.Adam, false, 1)]
    [InlineData(PixelMethod.Lbfgs, false, 2)]
    public async Task AResumedRunGivesTheSameBytes(PixelMethod method, bool patches, int sizes)
    {
        using TemporaryFolder folder = new();
        PixelOptimizerOptions options = Options with { Method = method, Pyramid = sizes };
        List<PixelProgress> all = [], parts = [];
        byte[] expected = (await Run(options, patches, all)).Bytes, actual = [];
        PixelOptimizerOptions resumed = options with { Checkpoint = folder.File("run.safetensors"), Resume = true, Threads = 1 };
        for (int run = 0; run < 6 * sizes; run++)
        {
            using CancellationTokenSource source = new();
            actual = (await PixelOptimizer.RunAsync(Content, Losses(patches), resumed, new Listener(report =>
            {
                parts.Add(report);
                source.Cancel();
            }), source.Token)).Bytes;
        }

        Assert.Equal(all.Select(report => report.Step), parts.Select(report => report.Step));
        Assert.Equal(all.Select(report => report.Losses.Total), parts.Select(report => report.Losses.Total));
        Assert.Equal(expected, actual);
        // Nothing is left to do.
        Assert.Equal(expected, (await Run(resumed, patches)).Bytes);
    }

    [Fact]
    public async Task ACheckpointOfAnotherRunIsRefused()
    {
        using TemporaryFolder folder = new();
        PixelOptimizerOptions options = Options with { Checkpoint = folder.File("run.safetensors"), Resume = true };
        await Run(options);
        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => Run(options with { Steps = 7 }));
        Assert.Contains("belongs to another run", error.Message);
        File.WriteAllText(options.Checkpoint!, "no checkpoint");
        await Assert.ThrowsAnyAsync<Exception>(() => Run(options));
        // Without the option, a new run replaces the file.
        await Run(options with { Resume = false });
        await Run(options);
    }

    [Fact]
    public async Task ACanceledRunGivesItsBestPicture()
    {
        using CancellationTokenSource source = new();
        PixelImage? intermediate = null;
        PixelOptimizerOptions options = Options with
        {
            Steps = 1000,
            PictureEvery = 3,
            OnPicture = (step, picture) =>
            {
                Assert.Equal(3, step);
                intermediate = picture;
                source.Cancel();
            },
        };
        PixelImage result = await PixelOptimizer.RunAsync(Content, Losses(), options, progress: null, source.Token);
        Assert.Equal(intermediate!.Bytes, result.Bytes);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PixelOptimizer.RunAsync(Content, Losses(), options, progress: null, source.Token));
    }

    [Fact]
    public async Task CoarseToFineEndsAtTheFullSize()
    {
        List<PixelProgress> reports = [];
        PixelImage result = await Run(Options with { Pyramid = 2 }, reports: reports);
        Assert.Equal((45, 37), (result.Width, result.Height));
        Assert.Equal((22, 18), (reports[0].Width, reports[0].Height));
        Assert.Equal((12, 12, 45, 37), (reports[^1].Step, reports[^1].Steps, reports[^1].Width, reports[^1].Height));
    }

    [Fact]
    public async Task ATextureStartsFromItsSeedsNoise()
    {
        ILossTerm[] losses = [new GramLoss(Style, Taps)];
        Task<PixelImage> Texture(ulong seed) => PixelOptimizer.RunAsync(
            40, 24, losses, Options with { Start = PixelStart.Noise(seed) }, progress: null, TestContext.Current.CancellationToken);
        PixelImage first = await Texture(1);
        Assert.Equal((40, 24), (first.Width, first.Height));
        Assert.Equal(first.Bytes, (await Texture(1)).Bytes);
        Assert.NotEqual(first.Bytes, (await Texture(2)).Bytes);
    }

    // The examples of docs/optimize.md, on the built-in network.
    [Fact]
    public async Task TheExamplesRun()
    {
        (PixelImage photo, PixelImage painting) = (Content, Style);
        (IProgress<PixelProgress>? progress, CancellationToken cancellationToken) = (null, TestContext.Current.CancellationToken);
        PixelImage classic = await PixelOptimizer.RunAsync(
            photo, [new GramLoss(painting), new ContentLoss(photo), new TotalVariationLoss(0.1)], new PixelOptimizerOptions { Steps = 2 },
            progress, cancellationToken);
        Assert.Equal((photo.Width, photo.Height), (classic.Width, classic.Height));
        Assert.NotEqual(photo.Bytes, classic.Bytes);
        LossValues values = PixelOptimizer.Evaluate(
            classic, [new RelativeLoss(new GramLoss(painting)), new RelativeLoss(new ContentLoss(photo))]);
        double style = values["style"], content = values["content"];
        Assert.InRange(style, 1e-6, 1);
        Assert.InRange(content, 1e-6, 1);
    }

    // Without a style, a start from noise is drawn to the content.
    [Fact]
    public async Task InvertsFeatures()
    {
        PixelImage result = await PixelOptimizer.RunAsync(
            Content, [new ContentLoss(Content, "relu1_1")], Options with { Start = PixelStart.Noise(), Steps = 40 }, progress: null,
            TestContext.Current.CancellationToken);
        PixelImage noise = await PixelOptimizer.RunAsync(
            Content, [new ContentLoss(Content, "relu1_1")], Options with { Start = PixelStart.Noise(), Steps = 1 }, progress: null,
            TestContext.Current.CancellationToken);
        Assert.True(Distance(result, Content) < Distance(noise, Content) / 10, $"{Distance(result, Content)}, {Distance(noise, Content)}");
    }

    [Fact]
    public async Task LuminanceKeepsTheContentsColors()
    {
        PixelImage result = await Run(Options with { PreserveColor = ColorPreservation.Luminance });
        // Differences between channels are those of the content, except where the result is clamped.
        int kept = Enumerable.Range(0, Content.Width * Content.Height).Count(i =>
            Math.Abs((result.Bytes[3 * i] - result.Bytes[3 * i + 1]) - (Content.Bytes[3 * i] - Content.Bytes[3 * i + 1])) <= 1);
        Assert.True(kept > 0.9 * Content.Width * Content.Height, $"{kept}");
    }

    [Theory]
    [InlineData(ColorPreservationMethod.Linear)]
    [InlineData(ColorPreservationMethod.Histogram)]
    public async Task StylesGetTheContentsColors(ColorPreservationMethod method)
    {
        PixelImage dark = new(Content.Width, Content.Height);
        for (int i = 0; i < dark.Bytes.Length; i++)
            dark.Bytes[i] = (byte)(Content.Bytes[i] / (2 + i % 3));
        ColorPreservation colors = method == ColorPreservationMethod.Linear ? ColorPreservation.Linear : ColorPreservation.Histogram;
        using CpuBackend backend = CpuBackend.Create();
        PixelImage recolored = new ScaledPictures(backend, dark, dark.Width, dark.Height, 0, colors).Style(Style);
        Assert.Equal((Style.Width, Style.Height), (recolored.Width, recolored.Height));
        for (int c = 0; c < 3; c++)
            Assert.Equal(Mean(dark, c), Mean(recolored, c), 2.0);
        // The result is drawn to these colors and not to the style's own.
        ILossTerm[] losses = [new GramLoss(Style, [new TapWeight("relu1_1")])];
        PixelOptimizerOptions options = Options with { Steps = 20 };
        PixelImage kept = await PixelOptimizer.RunAsync(
            dark, losses, options with { PreserveColor = colors }, progress: null, TestContext.Current.CancellationToken);
        PixelImage changed = await PixelOptimizer.RunAsync(dark, losses, options, progress: null, TestContext.Current.CancellationToken);
        Assert.True(Math.Abs(Mean(kept, 2) - Mean(dark, 2)) < Math.Abs(Mean(changed, 2) - Mean(dark, 2)) / 2);

        static double Mean(PixelImage picture, int channel) =>
            picture.Bytes.Where((_, i) => i % 3 == channel).Average(value => (double)value);
    }

    [Fact]
    public async Task AlphaIsKept()
    {
        PixelImage content = new(45, 37, PixelLayout.Bgra32);
        for (int i = 0; i < content.Bytes.Length; i++)
            content.Bytes[i] = i % 4 == 3 ? (byte)(i / 4 % 45 < 10 ? 0 : 200) : Content.Bytes[i / 4 * 3 + i % 4];
        PixelImage result = await PixelOptimizer.RunAsync(
            content, [new GramLoss(Style, Taps)], Options, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(PixelLayout.Bgra32, result.Layout);
        Assert.All(Enumerable.Range(0, 45 * 37), i => Assert.Equal(content.Bytes[4 * i + 3], result.Bytes[4 * i + 3]));
    }

    [Fact]
    public async Task MistakesGiveOneClearError()
    {
        Task<PixelImage> Run(ILossTerm[] losses, PixelOptimizerOptions? options = null) =>
            PixelOptimizer.RunAsync(Content, losses, options ?? Options, progress: null, TestContext.Current.CancellationToken);
        async Task Fails(string message, Func<Task> run) =>
            Assert.Contains(message, (await Assert.ThrowsAnyAsync<ArgumentException>(run)).Message);
        await Fails("The loss 'content' reads 'relu4_1'; the network has relu1_1 to relu3_1.", () => Run([new ContentLoss(Content)]));
        await Fails("at least one with a weight above 0", () => Run([]));
        await Fails("at least one with a weight above 0", () => Run([new TotalVariationLoss(0)]));
        await Fails("Two loss terms have the name 'variation'", () => Run([new TotalVariationLoss(), new TotalVariationLoss()]));
        await Fails("With 3 sizes the smallest one has a side of 9 pixels, at least 16", () => Run(Losses(), Options with { Pyramid = 3 }));
        await Fails("The rate is 0", () => Run(Losses(), Options with { Rate = 0 }));
        await Fails("Steps", () => Run(Losses(), Options with { Steps = 0 }));
        await Fails("has no share at relu1_1", () => Run(
            [GramLoss.OfStyles([new StyleTarget(Style) { StyleMask = new StyleMask(new byte[4], 2, 2) }], Taps)]));
        await Fails("The style has 2x2 features at relu3_1, patches need 3x3", () => Run(
            [new MarkovLoss(TrainingPictures.Draw(8, 8, 1), [new TapWeight("relu3_1")])]));
        await Fails("The loss 'feature' compares with a content", () => PixelOptimizer.RunAsync(
            16, 16, [new FeatureLoss(["relu1_1"])], Options, progress: null, TestContext.Current.CancellationToken));
        await Fails("'relu1_1' is given 2 times", () => Run([new GramLoss(Style, [new TapWeight("relu1_1"), new TapWeight("relu1_1")])]));
        await Fails("are all 0", () => Run([new GramLoss(Style, [new TapWeight("relu1_1", 0)])]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(5, 2)]
    public async Task TinyPicturesWork(int width, int height)
    {
        PixelImage result = await PixelOptimizer.RunAsync(
            TrainingPictures.Draw(width, height, 3), [new GramLoss(TrainingPictures.Draw(1, 3, 4), Taps), new TotalVariationLoss()],
            Options, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal((width, height), (result.Width, result.Height));
    }

    private static Task<PixelImage> Run(PixelOptimizerOptions options, bool patches = false, List<PixelProgress>? reports = null) =>
        PixelOptimizer.RunAsync(
            Content, Losses(patches), options, new Listener(report => reports?.Add(report)), TestContext.Current.CancellationToken);

    private static double Distance(PixelImage first, PixelImage second) =>
        first.Bytes.Zip(second.Bytes, (a, b) => (double)(a - b) * (a - b)).Average();
}
