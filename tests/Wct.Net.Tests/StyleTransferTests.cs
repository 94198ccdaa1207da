using Wct.Net.Models;

namespace Wct.Net.Tests;

public class StyleTransferTests
{
    private static readonly WctModel Model = RandomModel.Create([8, 16, 24, 32, 20], seed: 2);

    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 1, 1, 1, 1 }, { 1, 40, 33, 17 }, { 37, 1, 3, 2 }, { 15, 16, 16, 16 }, { 17, 33, 50, 1 }, { 64, 48, 5, 70 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ResultsHaveTheContentsSize(int width, int height, int styleWidth, int styleHeight)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage result = transfer.Stylize(Pictures.Textured(width, height), Pictures.Textured(styleWidth, styleHeight, 2));
        Assert.Equal((width, height), (result.Width, result.Height));
    }

    [Fact]
    public void ConstantPicturesGiveAPicture()
    {
        using StyleTransfer transfer = new(Model);
        foreach (byte value in (byte[])[0, 128, 255])
        {
            // A style without variance leaves no variance in the features, so the result is almost constant.
            PixelImage flat =
                transfer.Stylize(Pictures.Textured(48, 32), Pictures.Constant(20, 20, value), new StylizeOptions { Strength = 1 });
            Assert.InRange(flat.Bytes.Where((_, i) => i % 3 == 0).Max() - flat.Bytes.Where((_, i) => i % 3 == 0).Min(), 0, 2);
            Assert.Equal((48, 32), (flat.Width, flat.Height));
            transfer.Stylize(Pictures.Constant(48, 32, value), Pictures.Textured(20, 20));
        }
    }

    [Fact]
    public void APreparedStyleGivesTheSameBytes()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = Pictures.Textured(40, 30), painting = Pictures.Textured(30, 50, 2);
        PixelImage expected = transfer.Stylize(content, painting);
        // With a model that gives one color, this test and others could not fail.
        Assert.True(expected.Bytes.Distinct().Count() > 64);
        PreparedStyle style = transfer.PrepareStyle(painting);
        Assert.Equal([5, 4, 3, 2, 1], style.Levels);
        Assert.Equal(expected.Bytes, transfer.Stylize(content, style).Bytes);
        byte[] destination = new byte[30 * 200];
        transfer.Stylize(content, style, destination, 200, PixelLayout.Bgra32);
        for (int i = 0; i < 40 * 30; i++)
        {
            int at = i / 40 * 200 + i % 40 * 4;
            Assert.Equal(
                [expected.Bytes[3 * i + 2], expected.Bytes[3 * i + 1], expected.Bytes[3 * i], (byte)255], destination[at..(at + 4)]);
        }
    }

    [Fact]
    public void AlphaIsCopiedFromTheContent()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = Pictures.Textured(21, 13, 3, PixelLayout.Rgba32);
        PixelImage result = transfer.Stylize(content, Pictures.Textured(20, 20));
        Assert.Equal(PixelLayout.Rgba32, result.Layout);
        Assert.Equal(content.Bytes.Where((_, i) => i % 4 == 3), result.Bytes.Where((_, i) => i % 4 == 3));
    }

    [Fact]
    public void ThePictureMayBeReplacedInPlace()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = Pictures.Textured(21, 13, 3, PixelLayout.Bgra32);
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(20, 20));
        byte[] expected = transfer.Stylize(content, style).Bytes;
        transfer.Stylize(content, style, content.Bytes, content.Stride, content.Layout);
        Assert.Equal(expected, content.Bytes);
    }

    [Fact]
    public void GrayContentsGetColors()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage result = transfer.Stylize(Pictures.Textured(20, 20, 1, PixelLayout.Gray8), Pictures.Textured(20, 20));
        Assert.Equal(PixelLayout.Rgb24, result.Layout);
    }

    [Fact]
    public void ManyThreadsGetTheSameBytes()
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Threads = 2 });
        PixelImage content = Pictures.Textured(50, 40), painting = Pictures.Textured(33, 44, 2);
        byte[] expected = transfer.Stylize(content, painting).Bytes;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => Assert.Equal(
            expected, transfer.Stylize(content, painting).Bytes));
    }

    [Fact]
    public void TheNumberOfThreadsChangesNothing()
    {
        PixelImage content = Pictures.Textured(90, 70), painting = Pictures.Textured(66, 44, 2);
        byte[][] results = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using StyleTransfer transfer = new(Model, new LoadOptions { Threads = threads });
            return transfer.Stylize(content, painting).Bytes;
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void ProgressRisesToOne()
    {
        using StyleTransfer transfer = new(Model);
        RecordedProgress<StylizeProgress> recorder = new();
        transfer.Stylize(Pictures.Textured(40, 30), Pictures.Textured(30, 50, 2), null, recorder);
        Assert.Equal(recorder.Reports.Select(report => report.Fraction).Order(), recorder.Reports.Select(report => report.Fraction));
        Assert.Equal(1, recorder.Reports[^1].Fraction, 1e-9);
        Assert.Equal([0, 5, 4, 3, 2, 1], recorder.Reports.Select(report => report.Level).Distinct());
        Assert.Equal(4, recorder.Reports.Select(report => report.Stage).Distinct().Count());
    }

    [Fact]
    public void CancelingStopsAndLeavesTheDestination()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(30, 50, 2));
        using CancellationTokenSource source = new();
        RecordedProgress<StylizeProgress> recorder = new() { AfterThree = source.Cancel };
        byte[] destination = new byte[40 * 30 * 3];
        Assert.Throws<OperationCanceledException>(() =>
            transfer.Stylize(Pictures.Textured(40, 30), style, destination, 0, PixelLayout.Rgb24, null, recorder, source.Token));
        Assert.Equal(3, recorder.Reports.Count);
        Assert.All(destination, value => Assert.Equal(0, value));
    }

    [Fact]
    public void AProgressListenerThatThrowsLeaksNoMemory()
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Threads = 1 });
        PixelImage content = Pictures.Textured(200, 200), painting = Pictures.Textured(30, 50, 2);
        long before = 0;
        for (int round = 0; round < 60; round++)
        {
            RecordedProgress<StylizeProgress> recorder = new() { AfterThree = () => throw new InvalidTimeZoneException() };
            Assert.Throws<InvalidTimeZoneException>(() => transfer.Stylize(content, painting, null, recorder));
            if (round == 9)
                before = Environment.WorkingSet;
        }

        // A map of this picture takes 2.7 MB, so fifty leaked ones would take 135 MB.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 60L << 20);
    }

    [Fact]
    public void WeightsThatOverflowAreReported()
    {
        LevelModel level = RandomModel.Create([8, 8], 1).Levels[0];
        ConvolutionWeights[] scaled = [.. level.Encoder.Convolutions.Select(convolution => new ConvolutionWeights(
            convolution.Name, convolution.OutChannels, convolution.InChannels, convolution.KernelSize,
            Array.ConvertAll(convolution.Weights.ToArray(), weight => convolution.KernelSize == 3 ? weight * 1e20f : weight),
            convolution.Bias.ToArray()))];
        using StyleTransfer transfer = new(new WctModel([new LevelModel(2, new EncoderWeights(2, scaled), level.Decoder)]));
        Assert.Contains(
            "overflow",
            Assert.Throws<InvalidDataException>(() => transfer.Stylize(Pictures.Textured(20, 20), Pictures.Textured(20, 20, 2))).Message);
    }

    [Fact]
    public void OverlappingDestinationsAreRefused()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(20, 20));
        byte[] memory = new byte[200 * 30];
        Fails("overlaps", () => transfer.Stylize(
            new Pixels(memory, 40, 30, 160, PixelLayout.Rgba32), style, memory, 200, PixelLayout.Rgba32));
        Fails("overlaps", () => transfer.Stylize(
            new Pixels(memory, 40, 30, 160, PixelLayout.Rgba32), style, memory.AsSpan(4), 160, PixelLayout.Rgba32));
    }

    [Fact]
    public void DisposingLetsRunningCallsEndAndRefusesNewOnes()
    {
        PixelImage content = Pictures.Textured(40, 30), painting = Pictures.Textured(30, 50, 2);
        StyleTransfer transfer = new(Model, new LoadOptions { Threads = 2 });
        byte[] expected = transfer.Stylize(content, painting).Bytes;
        RecordedProgress<StylizeProgress> recorder = new() { AfterThree = transfer.Dispose };
        Assert.Equal(expected, transfer.Stylize(content, painting, null, recorder).Bytes);
        Assert.Throws<ObjectDisposedException>(() => transfer.Stylize(content, painting));
        transfer.Dispose();
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        using StyleTransfer transfer = new(Model), other = new(RandomModel.Create([8, 8], seed: 2));
        PixelImage image = Pictures.Textured(20, 20);
        PreparedStyle style = transfer.PrepareStyle(image, new StylizeOptions { Levels = [5, 3] });
        Fails("The strength is 1.5; it must lie in 0..1.", () => transfer.Stylize(image, image, new StylizeOptions { Strength = 1.5 }));
        Fails("The strength is NaN", () => transfer.Stylize(image, image, new StylizeOptions { Strength = double.NaN }));
        Fails("Level 3 is asked for, the model has 2, 1.", () => other.Stylize(image, image, new StylizeOptions { Levels = [3] }));
        Fails("No level is asked for.", () => transfer.Stylize(image, image, new StylizeOptions { Levels = [] }));
        Fails("another model", () => other.Stylize(image, style));
        Fails("measured at the levels 5, 3, not at 4", () => transfer.Stylize(image, style));
        Fails("needs 60", () => new PixelImage(new byte[1200], 20, 20, 59));
        Fails("need 1200", () => new PixelImage(new byte[1199], 20, 20));
        Fails("2147483647x2147483647", () => new PixelImage(int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentNullException>(() => new StyleTransfer(null!));
        Fails("20x0", () => new PixelImage(20, 0));
        Fails("'destination' has 10 bytes", () => transfer.Stylize(
            image, style, new byte[10], 0, PixelLayout.Rgb24, new StylizeOptions { Levels = [3] }));
    }

    [Fact]
    public void LevelsRunInTheOrderGiven()
    {
        using StyleTransfer transfer = new(Model);
        RecordedProgress<StylizeProgress> recorder = new();
        transfer.Stylize(Pictures.Textured(20, 20), Pictures.Textured(20, 20, 2), new StylizeOptions { Levels = [2, 4] }, recorder);
        Assert.Equal([0, 2, 4], recorder.Reports.Select(report => report.Level).Distinct());
    }

    private static void Fails(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
