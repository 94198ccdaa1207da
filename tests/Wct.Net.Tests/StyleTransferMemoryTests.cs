using Wct.Kernels.Gpu;
using Wct.Net.Models;

namespace Wct.Net.Tests;

/// <summary>Pictures that don't fit into the budget, with every public method.</summary>
public class StyleTransferMemoryTests
{
    // With fewer channels, the maps would be so small that whole pictures fit into the runtime's share.
    private static readonly WctModel Model = RandomModel.Create([8, 16, 24, 32, 20], seed: 2);

    // Small compared with the maps of a whole picture.
    private const long Spare = 3_000_000;

    private static readonly StylizeOptions Ample = new() { Strength = 0.8, Levels = [3, 1] };

    [Theory]
    [InlineData(PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Bgra32)]
    [InlineData(PixelLayout.Gray8)]
    public void EveryMethodGivesTheSamePicture(PixelLayout format)
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Threads = 2 });
        PixelImage content = Pictures.Textured(337, 271, 1, format), painting = Pictures.Textured(60, 50, 2);
        StylizeOptions tight = Tight(transfer, content, painting);
        PixelImage whole = transfer.Stylize(content, painting, Ample), tiled = transfer.Stylize(content, painting, tight);
        Assert.Equal((whole.Width, whole.Height, whole.Layout), (tiled.Width, tiled.Height, tiled.Layout));
        Assert.InRange(whole.Bytes.Zip(tiled.Bytes, (a, b) => Math.Abs(a - b)).Max(), 0, 1);

        PreparedStyle style = transfer.PrepareStyle(painting);
        Near(whole.Bytes, transfer.Stylize(content, style, tight).Bytes);
        byte[] destination = new byte[whole.Bytes.Length];
        transfer.Stylize(content, style, destination, 0, whole.Layout, tight);
        Near(whole.Bytes, destination);
        foreach (StylizeOptions options in new[] { tight, Ample })
        {
            Rows result = new();
            transfer.Stylize(new Rows(content), new Rows(painting), result, options);
            Near(whole.Bytes, [.. result.Written]);

            // A style that is measured separately gives the same result.
            Rows again = new();
            PreparedStyle prepared = transfer.PrepareStyle(new Rows(painting), options);
            transfer.Stylize(new Rows(content), prepared, again, options);
            Assert.Equal(result.Written, again.Written);
        }
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("opencl")]
    public void TilesOnAGpuGiveTheSame(string device)
    {
        using StyleTransfer transfer = new(Model, Golden.TestDevice.Open(device)),
            processor = new(Model, new LoadOptions { Device = DeviceChoice.Cpu });
        PixelImage content = Pictures.Textured(257, 143, 1, PixelLayout.Bgra32), painting = Pictures.Textured(60, 50, 2);
        PixelImage whole = transfer.Stylize(content, painting, Ample),
            tiled = transfer.Stylize(content, painting, Tight(transfer, content, painting));
        Near(whole.Bytes, tiled.Bytes);
        Near(processor.Stylize(content, painting, Ample).Bytes, whole.Bytes);
    }

    // Simulates other programs that took most of the device's memory after the device reported it.
    [Theory]
    [InlineData("cuda")]
    [InlineData("opencl")]
    public void ADeviceShortOfMemoryGetsTiles(string device)
    {
        var backend = (GpuBackend)Golden.TestDevice.Open(device);
        List<string> warnings = [];
        using StyleTransfer transfer = new(Model, backend, warnings.Add);
        PixelImage content = Pictures.Textured(403, 290, 1, PixelLayout.Bgra32), painting = Pictures.Textured(350, 260, 2);
        PixelImage whole = transfer.Stylize(content, painting, Ample);
        backend.FreeCachedBuffers();
        backend.MemoryLimit = backend.PeakBytes + 6_000_000;
        RecordedProgress<StylizeProgress> progress = new();
        PixelImage tiled = transfer.Stylize(content, painting, Ample, progress);
        IReadOnlyList<StylizeProgress> reports = progress.Reports;
        Near(whole.Bytes, tiled.Bytes);
        Assert.Equal(reports.Select(report => report.Fraction).Order(), reports.Select(report => report.Fraction));
        Assert.Equal(1, reports[^1].Fraction, 1e-9);
        Assert.Contains(warnings, warning => warning.EndsWith("The picture goes on in tiles.", StringComparison.Ordinal));

        // In place: the content must not be overwritten before it is needed again.
        byte[] pixels = [.. content.Bytes];
        backend.FreeCachedBuffers();
        Pixels own = new(pixels, content.Width, content.Height, content.Stride, content.Layout);
        transfer.Stylize(own, transfer.PrepareStyle(painting), pixels, 0, content.Layout, Ample);
        Near(whole.Bytes, pixels);

        backend.MemoryLimit = 1;
        Assert.Throws<InsufficientMemoryException>(() => transfer.Stylize(content, painting, Ample));
        backend.MemoryLimit = null;
        Near(whole.Bytes, transfer.Stylize(content, painting, Ample).Bytes);
    }

    [Fact]
    public void ALargeStyleIsMeasuredInTiles()
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Threads = 2 });
        PixelImage content = Pictures.Textured(40, 30), painting = Pictures.Textured(400, 300, 2);
        StylizeOptions options = new() { Levels = [4, 2] };
        long least = Least(() => transfer.PrepareStyle(painting, options with { MaxMemory = 1 }));
        PreparedStyle whole = transfer.PrepareStyle(painting, options);
        PreparedStyle tiled = transfer.PrepareStyle(painting, options with { MaxMemory = least + Spare });
        Near(transfer.Stylize(content, whole, options).Bytes, transfer.Stylize(content, tiled, options).Bytes);
    }

    // Readers are told their limit once, before the first row.
    [Fact]
    public void ReadersAreToldTheirLimit()
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Threads = 2, Device = DeviceChoice.Cpu });
        PixelImage content = Pictures.Textured(337, 271), painting = Pictures.Textured(60, 50, 2);
        StylizeOptions tight = Tight(transfer, content, painting);
        foreach (StylizeOptions options in new[] { tight, Ample with { MaxMemory = 1_000_000_000 }, Ample })
        {
            Rows from = new(content), style = new(painting);
            transfer.Stylize(from, style, new Rows(), options);
            long budget = options.MaxMemory ?? StylizeOptions.DefaultMaxMemory;
            Assert.InRange(Assert.Single(from.Limits), 0, budget - 128_000_000 - (337 * 271 * 3));
            Assert.InRange(Assert.Single(style.Limits), 0, budget - 128_000_000);
        }

        // Memory that a reader holds is subtracted from the budget.
        Rows holding = new(content) { HeldBytes = 200_000_000 }, plain = new(content);
        transfer.Stylize(holding, new Rows(painting), new Rows(), Ample with { MaxMemory = 1_000_000_000 });
        transfer.Stylize(plain, new Rows(painting), new Rows(), Ample with { MaxMemory = 1_000_000_000 });
        Assert.InRange(plain.Limits[0] - holding.Limits[0], 190_000_000, 400_000_000);
        Assert.Throws<ArgumentException>(() => transfer.Stylize(holding, new Rows(painting), new Rows(), tight));
    }

    [Fact]
    public void ProgressRisesToOneAndTilesCanBeCanceled()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = Pictures.Textured(337, 271), painting = Pictures.Textured(60, 50, 2);
        StylizeOptions tight = Tight(transfer, content, painting);
        RecordedProgress<StylizeProgress> progress = new();
        transfer.Stylize(content, painting, tight, progress);
        IReadOnlyList<StylizeProgress> reports = progress.Reports;
        Assert.Equal(reports.Select(report => report.Fraction).Order(), reports.Select(report => report.Fraction));
        Assert.Equal(1, reports[^1].Fraction, 1e-9);
        Assert.Equal([0, 3, 1], reports.Select(report => report.Level).Distinct());

        using CancellationTokenSource source = new();
        int left = reports.Count / 2;
        Rows result = new();
        Assert.Throws<OperationCanceledException>(
            () => transfer.Stylize(new Rows(content), new Rows(painting), result, tight, new CallbackProgress<StylizeProgress>(_ =>
        {
            if (--left == 0)
                source.Cancel();
        }), source.Token));
        Assert.Equal(0, left);
        Assert.Empty(result.Written);
    }

    [Fact]
    public void TooSmallBudgetsAreReported()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage image = Pictures.Textured(100, 100);
        string message =
            Assert.Throws<ArgumentException>(() => transfer.Stylize(image, image, new StylizeOptions { MaxMemory = 1000 })).Message;
        Assert.Matches(@"^The budget is 1000 bytes of memory; a picture of 112x112 pixels needs \d+ at least\.", message);
    }

    // A budget above the minimum for both pictures. The minimum depends on the number of processors.
    private static StylizeOptions Tight(StyleTransfer transfer, PixelImage content, PixelImage painting)
    {
        PreparedStyle style = transfer.PrepareStyle(painting);
        long least = Least(() => transfer.Stylize(content, style, Ample with { MaxMemory = 1 }));
        return Ample with { MaxMemory = least + Spare };
    }

    [Fact]
    public void ABudgetLargerThanTheMemoryGivesOneWarning()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems don't say what a process can have");
        List<string> warnings = [];
        using StyleTransfer transfer =
            new(RandomModel.Create([4, 5], seed: 3), new LoadOptions { Device = DeviceChoice.Cpu, OnWarning = warnings.Add });
        PixelImage picture = Pictures.Textured(40, 30);
        byte[] expected = transfer.Stylize(picture, picture, new StylizeOptions { MaxMemory = 1_000_000_000 }).Bytes;
        Assert.Empty(warnings);
        for (int i = 0; i < 2; i++)
            Assert.Equal(expected, transfer.Stylize(picture, picture, new StylizeOptions { MaxMemory = long.MaxValue - 1 }).Bytes);
        Assert.Matches(
            $@"^The budget is {long.MaxValue - 1} bytes of memory, and this process can have \d+ at most; it keeps to those\.$",
            Assert.Single(warnings));
    }

    private static long Least(Action refused) => long.Parse(Assert.Throws<ArgumentException>(refused).Message.Split(' ')[^3]);

    private static void Near(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 1);
    }

    private sealed class Rows(PixelImage? image = null) : IPixelReader, IPixelWriter
    {
        private int _next;

        internal List<byte> Written { get; } = [];

        internal List<long> Limits { get; } = [];

        public long HeldBytes { get; init; }

        public int Width => image!.Width;

        public int Height => image!.Height;

        public PixelLayout Layout => image!.Layout;

        public void Limit(long bytes)
        {
            Assert.Equal(0, _next);
            Limits.Add(bytes);
        }

        public void ReadRows(Span<byte> rows)
        {
            image!.Bytes.AsSpan(_next, rows.Length).CopyTo(rows);
            _next += rows.Length;
        }

        public void WriteRows(ReadOnlySpan<byte> rows) => Written.AddRange(rows);
    }
}
