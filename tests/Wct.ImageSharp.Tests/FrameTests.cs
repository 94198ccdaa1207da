using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.ImageSharp.Tests;

/// <summary>Images with several frames, and images as styles.</summary>
public sealed class FrameTests(ITestOutputHelper output) : IDisposable
{
    private readonly StyleTransfer _transfer = Images.Transfer();

    public void Dispose() => _transfer.Dispose();

    [Fact]
    public void AllFramesAreStylized()
    {
        Frames<Rgba32>();
        Frames<L8>();
        Frames<Rgba64>();
    }

    [Fact]
    public void OnlyTheRectangleOfEachFrameIsStylized()
    {
        RectangleOfFrames<Bgra32>();
        RectangleOfFrames<L8>();
        RectangleOfFrames<Rgb48>();
    }

    // Their pixels are read in place; only the results need memory.
    [Fact]
    public void SeveralFramesAreNotCopied()
    {
        const int Side = 512;
        using StyleTransfer transfer = new(RandomModel.Create([8, 8], 1), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(Side, Side, 2));
        Configuration onePiece = Configuration.Default.Clone();
        onePiece.PreferContiguousImageBuffers = true;
        using Image<Rgb24> image = new(onePiece, Side, Side, new Rgb24(10, 20, 30));
        for (int i = 1; i < 3; i++)
            image.Frames.CreateFrame(new Rgb24((byte)(50 * i), 20, 90));
        for (int i = 0; i < 3 * Side * Side; i++)
            image.Frames[i % 3][i / 3 % Side, i / 3 / Side] = new Rgb24((byte)i, (byte)(i / 700), (byte)(i * 7 % 251));
        long allocated = long.MaxValue;
        for (int i = 0; i < 4; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            image.Mutate(x => x.Stylize(transfer, style));
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine($"{allocated} bytes");
        // The results of three frames, and about 62 kB of small objects for each call.
        Assert.InRange(allocated, 9L * Side * Side, 9L * Side * Side + 3 * 150_000);
    }

    [Fact]
    public void CancelingLeavesAllFrames()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        foreach (int frames in new[] { 1, 3 })
        {
            using Image<Rgb24> image = Several<Rgb24>(frames);
            byte[][] before = Images.All(image);
            using CancellationTokenSource source = new();
            // In the last frame.
            CallbackProgress<StylizeProgress> progress = new(report =>
            {
                if (report.Fraction > 0.95)
                    source.Cancel();
            });
            Assert.ThrowsAny<OperationCanceledException>(
                () => image.Mutate(x => x.Stylize(_transfer, style, progress: progress, cancellationToken: source.Token)));
            Assert.Equal(before, Images.All(image));
        }
    }

    [Fact]
    public void ProgressCoversAllFramesAndTheStyle()
    {
        using Image<Rgb24> image = Several<Rgb24>(3);
        using Image<Rgb24> painting = Images.Make<Rgb24>(7);
        RecordedProgress<StylizeProgress> recorded = new();
        image.Mutate(x => x.Stylize(_transfer, painting, progress: recorded));
        double[] fractions = [.. recorded.Reports.Select(report => report.Fraction)];
        Assert.Equal(fractions.Order(), fractions);
        Assert.InRange(fractions[0], 0, 0.1);
        Assert.InRange(fractions[^1], 0.99, 1);
        Assert.Contains(recorded.Reports, report => report.Stage == StylizeStage.Style);
    }

    [Fact]
    public void AnImageMayBeTheStyle()
    {
        using Image<Rgb24> painting = Images.Make<Rgb24>(7);
        PixelImage own = Images.Read(painting).ToRgb();
        foreach (ColorPreservation colors in new[] { ColorPreservation.None, ColorPreservation.Linear, ColorPreservation.Histogram })
        {
            StylizeOptions options = new() { PreserveColor = colors, StyleScale = 1.5 };
            using Image<Rgba32> image = Several<Rgba32>(2);
            // With their colors kept, each frame has a style of its own.
            byte[][] expected =
                [.. Enumerable.Range(0, 2).Select(i => _transfer.Stylize(Images.Read(image.Frames[i]), own, options).Bytes)];
            image.Mutate(x => x.Stylize(_transfer, painting, options));
            Assert.Equal(expected, Images.All(image));
        }
    }

    private void Frames<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using Image<TPixel> image = Several<TPixel>(3);
        List<Image<TPixel>> singles = [.. Enumerable.Range(0, 3).Select(image.Frames.CloneFrame)];
        image.Mutate(x => x.Stylize(_transfer, style));
        for (int i = 0; i < singles.Count; i++)
        {
            singles[i].Mutate(x => x.Stylize(_transfer, style));
            Assert.Equal(Images.Read(singles[i]).Bytes, Images.Read(image.Frames[i]).Bytes);
            singles[i].Dispose();
        }
    }

    private void RectangleOfFrames<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        Rectangle rectangle = new(4, 3, 13, 11);
        using Image<TPixel> image = Several<TPixel>(3), original = image.Clone();
        image.Mutate(x => x.Stylize(_transfer, style, rectangle: rectangle));
        for (int f = 0; f < 3; f++)
        {
            using Image<TPixel> part = original.Frames.CloneFrame(f);
            part.Mutate(x => x.Crop(rectangle).Stylize(_transfer, style));
            for (int i = 0; i < image.Width * image.Height; i++)
            {
                int x = i % image.Width, y = i / image.Width;
                TPixel expected = rectangle.Contains(x, y) ? part[x - rectangle.X, y - rectangle.Y] : original.Frames[f][x, y];
                Assert.Equal(expected, image.Frames[f][x, y]);
            }
        }
    }

    private static Image<TPixel> Several<TPixel>(int count)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Image<TPixel> image = Images.Make<TPixel>();
        for (int i = 1; i < count; i++)
        {
            using Image<TPixel> next = Images.Make<TPixel>(i + 1);
            image.Frames.AddFrame(next.Frames.RootFrame);
        }

        return image;
    }
}
