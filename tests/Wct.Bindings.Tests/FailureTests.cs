namespace Wct.Bindings.Tests;

/// <summary>Tests that the library's failures become exceptions with the library's messages.</summary>
public class FailureTests
{
    private static readonly byte[] Noise = Samples.Bytes(3 * 40 * 40, 1);

    public FailureTests() => NativeLibrary.Need();

    private static Pixels Picture => new(Noise, 40, 40);

    [Fact]
    public void BadModelsAndDevicesThrowTheirExceptions()
    {
        using TemporaryFolder folder = new();
        string missing = folder.File("missing.safetensors"), damaged = folder.File("damaged.safetensors");
        File.WriteAllBytes(damaged, Noise);
        Assert.Contains(missing, Assert.ThrowsAny<IOException>(() => StyleTransfer.Load(missing)).Message);
        WeightsFormatException format = Assert.Throws<WeightsFormatException>(() => StyleTransfer.Load(damaged));
        Assert.Equal((true, 5), (format.Message.Contains(damaged, StringComparison.Ordinal), format.Status));
        Assert.Throws<WeightsFormatException>(() => StyleTransfer.Load(Noise));
        Assert.Contains("tpu", Assert.Throws<ArgumentException>(() => StyleTransfer.Load(new LoadOptions { Device = "tpu" })).Message);
        Assert.Contains("-1", Assert.ThrowsAny<ArgumentException>(() => StyleTransfer.Load(new LoadOptions { Threads = -1 })).Message);
        LoadOptions missingDevice = new() { Device = "cuda:77" };
        Assert.Equal(7, Assert.Throws<DeviceUnavailableException>(() => StyleTransfer.Load(missingDevice)).Status);
    }

    [Fact]
    public void NumbersOutOfRangeAreRefused()
    {
        using StyleTransfer transfer = StyleTransfer.Load();
        using PreparedStyle style = transfer.PrepareStyle(Picture, new StylizeOptions { Levels = [2] });
        Refuses("1.5", new StylizeOptions { Strength = 1.5 });
        Refuses("NaN", new StylizeOptions { Strength = double.NaN });
        Refuses("Level 6", new StylizeOptions { Levels = [6] });
        Refuses("3", new StylizeOptions { Levels = [3] });
        Refuses("needs", new StylizeOptions { Levels = [2], MaxMemory = 0 });
        // 0 means the default in the library's struct.
        Refuses("'Passes' is 0; it must be 1 to 100", new StylizeOptions { Passes = 0 });
        Refuses("'StyleScale' is 0; it must be above 0", new StylizeOptions { StyleScale = 0 });
        Refuses("'Radius' is 0; it must be 1 to 1000", new StylizeOptions { Photo = new() { Radius = 0 } });
        Refuses("'Epsilon' is 0; it must be above 0", new StylizeOptions { Photo = new() { Epsilon = 0 } });
        Refuses("'Detail' is -1; it must be 0 to 4", new StylizeOptions { Photo = new() { Detail = -1 } });
        Refuses("detail is 5", new StylizeOptions { Levels = [2], Photo = new() { Detail = 5 } });
        Refuses("There are 101 passes", new StylizeOptions { Levels = [2], Passes = 101 });
        Refuses("'luminance:NaN'", new StylizeOptions { Levels = [2], PreserveColor = new(ColorPreservationMethod.Luminance, double.NaN) });
        Refuses("color preservation 9", new StylizeOptions { PreserveColor = new((ColorPreservationMethod)9) });
        Refuses("The color preservation is null", new StylizeOptions { PreserveColor = null! });
        Refuses("The transform is null", new StylizeOptions { Transform = null! });
        Refuses("without the content's colors", new StylizeOptions { Levels = [2], PreserveColor = ColorPreservation.Linear });
        Refuses("'2:2'", new StylizeOptions { Levels = [new(2) { Strength = 2 }] });
        Refuses("A level is null", new StylizeOptions { Levels = [null!] });
        Refuses("Level 2 occurs twice, with different settings", new StylizeOptions { Levels = [2, new(2) { Strength = 1 }] });
        StylizeOptions good = new() { Levels = [2] };
        Assert.ThrowsAny<ArgumentException>(() => transfer.Stylize(Picture, style, new byte[100], 0, PixelLayout.Rgb24, good));
        Assert.ThrowsAny<ArgumentException>(() => transfer.Stylize(default, style, new byte[4800], 0, PixelLayout.Rgb24, good));
        Assert.Throws<ArgumentNullException>(() => transfer.Stylize(Picture, (PreparedStyle)null!));

        RegionsAndMixturesAreRefused(transfer, style);

        void Refuses(string part, StylizeOptions options) =>
            Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(() => transfer.Stylize(Picture, style, options)).Message);
    }

    private static void RegionsAndMixturesAreRefused(StyleTransfer transfer, PreparedStyle style)
    {
        StylizeOptions good = new() { Levels = [2] };
        StyleMask small = new(new byte[6], 3, 2);
        Refuses("has 3x2 pixels, the content has 40x40", new StyleRegion(small, style));
        Refuses("The strength of region 0 is -1", new StyleRegion(null, style) { Strength = -1 });
        Refuses("The strength of region 0 is 1.5", new StyleRegion(null, style) { Strength = 1.5 });
        Refuses("'count' is 0; it can be 1 to 100");
        Refuses("Region 1 is null", new StyleRegion(null, style), null!);
        Assert.Throws<ArgumentNullException>(() => new StyleRegion(null, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => small.Feather(4001));
        Assert.Contains("by 3 pixels", Assert.Throws<InvalidOperationException>(() => small.Feather(3).Feather(0).Feather(1)).Message);
        Assert.Contains("'shares' has 5 bytes", Assert.Throws<ArgumentException>(() => new StyleMask(new byte[5], 3, 2)).Message);
        Assert.Contains(
            "'weights[1]' is -1", Assert.Throws<ArgumentException>(() => PreparedStyle.Mix([(style, 1), (style, -1)])).Message);
        Assert.Contains("'count' is 0", Assert.Throws<ArgumentException>(() => PreparedStyle.Mix([])).Message);
        Assert.Contains("'mixing' is 7", Assert.Throws<ArgumentException>(() => PreparedStyle.Mix([(style, 1)], (StyleMixing)7)).Message);
        Assert.Throws<ArgumentNullException>(() => PreparedStyle.Mix([(style, 1), (null!, 1)]));
        TextureOptions tileable = new() { Tileable = true }, never = new() { Passes = 0 };
        Assert.Contains(
            "multiples of 16", Assert.Throws<ArgumentException>(() => transfer.Synthesize(style, 17, 16, tileable)).Message);
        Assert.Contains("0x16", Assert.Throws<ArgumentException>(() => transfer.Synthesize(style, 0, 16)).Message);
        Assert.Contains("'Passes' is 0", Assert.Throws<ArgumentException>(() => transfer.Synthesize(style, 16, 16, never)).Message);

        void Refuses(string part, params StyleRegion[] regions) => Assert.Contains(
            part, Assert.ThrowsAny<ArgumentException>(() => transfer.Stylize(Picture, regions, good)).Message);
    }

    [Fact]
    public void DisposedObjectsAreRefused()
    {
        StyleTransfer transfer = StyleTransfer.Load();
        PreparedStyle style = transfer.PrepareStyle(Picture, new StylizeOptions { Levels = [1] });
        style.Dispose();
        style.Dispose();
        Assert.Throws<ObjectDisposedException>(() => transfer.Stylize(Picture, style));
        Assert.Throws<ObjectDisposedException>(() => transfer.Stylize(Picture, [new StyleRegion(null, style)]));
        Assert.Throws<ObjectDisposedException>(() => PreparedStyle.Mix([(style, 1)]));
        Assert.Throws<ObjectDisposedException>(() => transfer.Synthesize(style, 16, 16));
        transfer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => transfer.PrepareStyle(Picture));
        Assert.Throws<ObjectDisposedException>(() => transfer.Device);
    }

    [Fact]
    public void CancelingLeavesTheResultUnwritten()
    {
        using CancellationTokenSource cancel = new();
        using StyleTransfer transfer = StyleTransfer.Load();
        using PreparedStyle style = transfer.PrepareStyle(Picture);
        byte[] result = new byte[Noise.Length];
        OperationCanceledException canceled = Assert.Throws<OperationCanceledException>(
            () => transfer.Stylize(Picture, style, result, 0, PixelLayout.Rgb24, null, Callback(_ => cancel.Cancel()), cancel.Token));
        Assert.Equal((cancel.Token, true), (canceled.CancellationToken, result.All(value => value == 0)));
        Assert.Throws<OperationCanceledException>(() => transfer.Stylize(Picture, style, null, null, cancel.Token));
    }

    [Fact]
    public void ProgressIsReportedOnTheCallersThreadAndMayThrow()
    {
        using StyleTransfer transfer = StyleTransfer.Load();
        List<(int Thread, StylizeProgress Progress)> reports = [];
        transfer.Stylize(Picture, Picture, null, Callback(value => reports.Add((Environment.CurrentManagedThreadId, value))));
        double[] fractions = [.. reports.Select(one => one.Progress.Fraction)];
        Assert.Equal(fractions.Order(), fractions);
        Assert.Equal((true, 1.0), (fractions.Length > 5 && fractions[0] < 0.3, Math.Round(fractions[^1], 6)));
        Assert.All(reports, one => Assert.Equal(Environment.CurrentManagedThreadId, one.Thread));
        StylizeStage[] stages = [StylizeStage.Style, StylizeStage.Encode, StylizeStage.Transform, StylizeStage.Decode];
        Assert.Equal(stages, reports.Select(one => one.Progress.Stage).Distinct().Order());

        Assert.Throws<DivideByZeroException>(
            () => transfer.PrepareStyle(Picture, null, Callback(_ => throw new DivideByZeroException())));
    }

    [Fact]
    public void WarningsAreReportedAndTheirExceptionsAreThrown()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems don't say what a process can have");
        List<string> warnings = [];
        StylizeOptions excessive = new() { Levels = [1], MaxMemory = long.MaxValue - 1 };
        using (StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu", OnWarning = warnings.Add }))
        {
            GC.Collect();
            transfer.PrepareStyle(Picture, excessive).Dispose();
        }

        Assert.StartsWith($"The budget is {long.MaxValue - 1} bytes of memory", Assert.Single(warnings), StringComparison.Ordinal);
        LoadOptions throwing = new() { Device = "cpu", OnWarning = _ => throw new DivideByZeroException() };
        using StyleTransfer other = StyleTransfer.Load(throwing);
        Assert.Throws<DivideByZeroException>(() => other.PrepareStyle(Picture, excessive));
        // The library warns about a budget only once, and the exception of the first call is not thrown again.
        other.PrepareStyle(Picture, excessive).Dispose();
        // Nor is anything left if the progress callback threw too.
        using StyleTransfer third = StyleTransfer.Load(throwing);
        Assert.Throws<TimeoutException>(() => third.PrepareStyle(Picture, excessive, Callback(_ => throw new TimeoutException())));
        third.PrepareStyle(Picture, excessive).Dispose();
    }

    [Theory]
    [InlineData(ConvolutionPrecision.Half)]
    [InlineData(ConvolutionPrecision.Tf32)]
    public void EachPrecisionIsAccepted(ConvolutionPrecision precision)
    {
        // On a processor, every precision gives the same bytes.
        using StyleTransfer plain = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using StyleTransfer other = StyleTransfer.Load(new LoadOptions { Device = "cpu", Precision = precision });
        Assert.Equal(plain.Stylize(Picture, Picture).Bytes, other.Stylize(Picture, Picture).Bytes);
        LoadOptions wrong = new() { Precision = (ConvolutionPrecision)9 };
        Assert.Contains(
            "precision' is 9", Assert.ThrowsAny<ArgumentException>(() => StyleTransfer.Load(wrong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralThreadsCanStylizeAtOnce()
    {
        using StyleTransfer transfer = StyleTransfer.Load();
        using PreparedStyle style = transfer.PrepareStyle(Picture);
        byte[] expected = transfer.Stylize(Picture, style).Bytes;
        byte[][] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => transfer.Stylize(Picture, style).Bytes)));
        Assert.All(results, result => Assert.Equal(expected, result));
    }

    private static CallbackProgress<StylizeProgress> Callback(Action<StylizeProgress> called) => new(called);
}
