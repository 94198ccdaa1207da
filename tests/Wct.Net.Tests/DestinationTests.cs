using Wct.Net.Models;

namespace Wct.Net.Tests;

/// <summary>Two pictures of which one is the style, with a result in the caller's memory.</summary>
public sealed class DestinationTests : IDisposable
{
    private readonly StyleTransfer _transfer =
        new(RandomModel.Create([8, 12], seed: 2), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 2 });

    public void Dispose() => _transfer.Dispose();

    [Fact]
    public void TheResultIsThatOfTheOtherMethod()
    {
        PixelImage content = Pictures.Textured(33, 20), painting = Pictures.Textured(20, 24, 2);
        foreach (StylizeOptions? options in new StylizeOptions?[]
        {
            null, new() { PreserveColor = ColorPreservation.Linear, StyleScale = 1.5, MaxMemory = 300_000_000 },
        })
        {
            byte[] expected = _transfer.Stylize(content, painting, options).Bytes;
            byte[] destination = new byte[20 * 140];
            _transfer.Stylize(content, painting, destination, 140, PixelLayout.Bgra32, options);
            for (int i = 0; i < 33 * 20; i++)
            {
                int at = i / 33 * 140 + i % 33 * 4;
                byte[] color = [expected[3 * i + 2], expected[3 * i + 1], expected[3 * i], 255];
                Assert.Equal(color, destination[at..(at + 4)]);
            }

            // The gaps between rows.
            Assert.All(Enumerable.Range(0, 20).SelectMany(y => destination[(y * 140 + 132)..((y + 1) * 140)]), gap => Assert.Equal(0, gap));
            PixelImage inPlace = new([.. content.Bytes], 33, 20);
            _transfer.Stylize(inPlace, painting, inPlace.Bytes, 0, PixelLayout.Rgb24, options);
            Assert.Equal(expected, inPlace.Bytes);
        }
    }

    [Fact]
    public void ProgressCoversBothPicturesAndCancelingChangesNothing()
    {
        PixelImage content = Pictures.Textured(33, 20), painting = Pictures.Textured(20, 24, 2);
        byte[] destination = new byte[content.Bytes.Length];
        RecordedProgress<StylizeProgress> recorded = new(), other = new();
        _transfer.Stylize(content, painting, destination, 0, PixelLayout.Rgb24, null, recorded);
        _transfer.Stylize(content, painting, null, other);
        Assert.Equal(other.Reports, recorded.Reports);
        Assert.Equal(StylizeStage.Style, recorded.Reports[0].Stage);
        Assert.Equal(1, recorded.Reports[^1].Fraction);
        using CancellationTokenSource source = new();
        CallbackProgress<StylizeProgress> last = new(report =>
        {
            if (report.Fraction > 0.99)
                source.Cancel();
        });
        Array.Clear(destination);
        Assert.ThrowsAny<OperationCanceledException>(
            () => _transfer.Stylize(content, painting, destination, 0, PixelLayout.Rgb24, null, last, source.Token));
        Assert.All(destination, value => Assert.Equal(0, value));
    }

    [Fact]
    public void WrongDestinationsAreNamed()
    {
        PixelImage content = Pictures.Textured(33, 20);
        Assert.StartsWith(
            "'destination' has 10 bytes",
            Assert.Throws<ArgumentException>(() => _transfer.Stylize(content, content, new byte[10], 0, PixelLayout.Rgb24)).Message);
        Assert.StartsWith(
            "The destination overlaps the content without being the same picture in memory.",
            Assert.Throws<ArgumentException>(() => _transfer.Stylize(
                new PixelImage(content.Bytes, 33, 19), content, content.Bytes.AsSpan(3), 0, PixelLayout.Rgb24)).Message);
    }
}
