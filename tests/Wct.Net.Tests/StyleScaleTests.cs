using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Tests.Regions;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests;

/// <summary>Styles that are measured at another size.</summary>
public class StyleScaleTests
{
    private static readonly WctModel Model = RandomModel.Create([6, 8, 10], seed: 2);

    private static readonly PixelImage Photo = Pictures.Textured(45, 37);

    [Theory]
    [InlineData(0.5, 20, 16)]
    [InlineData(0.37, 15, 11)]
    [InlineData(1.6, 64, 50)]
    [InlineData(0.001, 1, 1)]
    public void TheResizedStyleIsMeasured(double scale, int width, int height)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage painting = Pictures.Textured(40, 31, 2), resized = Resized(painting, width, height);
        foreach (FeatureTransform transform in (FeatureTransform[])[FeatureTransform.WhiteningColoring, FeatureTransform.StyleSwap])
        {
            StylizeOptions plain = new() { Transform = transform }, options = plain with { StyleScale = scale };
            byte[] expected = transfer.Stylize(Photo, resized, plain).Bytes;
            Assert.Equal(expected, transfer.Stylize(Photo, painting, options).Bytes);
            Assert.Equal(expected, transfer.Stylize(Photo, transfer.PrepareStyle(painting, options), plain).Bytes);
            Assert.Equal(expected, transfer.Stylize(Photo, transfer.PrepareStyle(new Rows(painting), options), plain).Bytes);
            // A style that was measured before is not resized.
            Assert.Equal(expected, transfer.Stylize(Photo, transfer.PrepareStyle(resized, plain), options).Bytes);
            RecordedProgress<StylizeProgress> progress = new();
            Rows result = new();
            transfer.Stylize(new Rows(Photo), new Rows(painting), result, options, progress);
            Assert.Equal(expected, result.Written);
            Assert.Equal(progress.Reports.Select(report => report.Fraction).Order(), progress.Reports.Select(report => report.Fraction));
            Assert.Equal(1, progress.Reports[^1].Fraction, 1e-9);
        }
    }

    [Fact]
    public void AStylesMaskIsResizedWithIt()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage painting = Pictures.Textured(40, 30, 2);
        StyleMask mask = Masks.Of(40, 30, (x, y) => 6 * x);
        PixelImage shares = Resized(new PixelImage(mask.Shares.ToArray(), 40, 30, 0, PixelLayout.Gray8), 20, 15);
        PreparedStyle expected = transfer.PrepareStyle(Resized(painting, 20, 15), new StyleMask(shares.Bytes, 20, 15));
        StylizeOptions options = new() { StyleScale = 0.5 };
        foreach (PreparedStyle actual in (PreparedStyle[])
            [transfer.PrepareStyle(painting, mask, null, options), transfer.PrepareStyle(new Rows(painting), mask, null, options)])
        {
            Assert.Equal(transfer.Stylize(Photo, expected).Bytes, transfer.Stylize(Photo, actual).Bytes);
        }
    }

    // Colors are weighted by alpha, so premultiplied pictures are divided first.
    [Theory]
    [InlineData(PixelLayout.RgbaPremultiplied, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.BgraPremultiplied, PixelLayout.Bgra32)]
    public void PremultipliedStylesAreDividedFirst(PixelLayout layout, PixelLayout straight)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage premultiplied = Cutout.Premultiply(Cutout.Ellipse(40, 30, straight), layout);
        PixelImage divided = new([.. premultiplied.Bytes], 40, 30, 0, straight);
        Wct.Premultiplied.Divide(divided.Bytes);
        StylizeOptions options = new() { StyleScale = 0.5 };
        byte[] expected = transfer.Stylize(Photo, divided, options).Bytes;
        Assert.Equal(expected, transfer.Stylize(Photo, premultiplied, options).Bytes);
        Rows result = new();
        transfer.Stylize(new Rows(Photo), new Rows(premultiplied), result, options);
        Assert.Equal(expected, result.Written);
    }

    // A reader is told its limit once, before its first row, whether or not the style is resized.
    [Fact]
    public void ReadersAreToldTheirLimit()
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu });
        StylizeOptions options = new() { StyleScale = 0.5, MaxMemory = 1_000_000_000 };
        Limited style = new(Pictures.Textured(40, 30, 2));
        transfer.PrepareStyle(style, options);
        Assert.InRange(Assert.Single(style.Limits), 100_000_000, 1_000_000_000 - 128_000_000);
        Limited other = new(Pictures.Textured(40, 30, 2)), content = new(Photo);
        transfer.Stylize(content, other, new Rows(), options);
        Assert.Single(other.Limits);
        Assert.Single(content.Limits);
    }

    private static PixelImage Resized(PixelImage image, int width, int height)
    {
        PixelImage resized = new(width, height, image.Layout);
        Resample.Bicubic(
            image.Bytes, image.Width, image.Height, image.Stride, image.Layout.BytesPerPixel(), resized.Bytes, width, height,
            resized.Stride);
        return resized;
    }

    private sealed class Limited(PixelImage image) : IPixelReader
    {
        private readonly Rows _rows = new(image);
        private bool _begun;

        internal List<long> Limits { get; } = [];

        public int Width => image.Width;

        public int Height => image.Height;

        public PixelLayout Layout => image.Layout;

        public void Limit(long bytes)
        {
            Assert.False(_begun);
            Limits.Add(bytes);
        }

        public void ReadRows(Span<byte> destination)
        {
            _begun = true;
            _rows.ReadRows(destination);
        }
    }
}
