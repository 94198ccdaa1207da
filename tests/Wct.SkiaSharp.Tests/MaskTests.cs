using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp.Tests;

public sealed class MaskTests : IDisposable
{
    private readonly StyleTransfer _transfer = Bitmaps.Transfer();

    public void Dispose() => _transfer.Dispose();

    [Theory]
    [InlineData(SKColorType.Alpha8)]
    [InlineData(SKColorType.Alpha16)]
    [InlineData(SKColorType.AlphaF16)]
    [InlineData(SKColorType.Gray8)]
    public void MasksAreReadFromAlphaOrGray(SKColorType type)
    {
        byte[] shares = new byte[Bitmaps.Width * Bitmaps.Height];
        new Random(1).NextBytes(shares);
        bool isGray = type == SKColorType.Gray8;
        using SKBitmap bitmap = Bitmaps.Need(Shown(shares, isGray), type, isGray ? SKAlphaType.Opaque : SKAlphaType.Premul, gap: 3);
        StyleMask mask = bitmap.ToStyleMask();
        Assert.Equal((Bitmaps.Width, Bitmaps.Height), (mask.Width, mask.Height));
        Assert.Equal(shares, mask.Shares.ToArray());
        using SKImage image = SKImage.FromBitmap(bitmap);
        Assert.Equal(shares, image.ToStyleMask().Shares.ToArray());
    }

    [Fact]
    public void RegionsAreStylizedByTheirMasks()
    {
        byte[] left = [.. Enumerable.Range(0, Bitmaps.Width * Bitmaps.Height).Select(i => (byte)(i % Bitmaps.Width < 10 ? 255 : 0))];
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Opaque(), SKColorType.Bgra8888, SKAlphaType.Unpremul),
            maskBitmap = Bitmaps.Need(Shown(left, isGray: false), SKColorType.Alpha8, SKAlphaType.Premul);
        StyleRegion[] regions = [new(maskBitmap.ToStyleMask(), style)];
        PixelImage content = new(Bitmaps.Bytes(bitmap), Bitmaps.Width, Bitmaps.Height, 0, PixelLayout.Bgra32);
        using SKBitmap styled = bitmap.Stylize(_transfer, regions), all = bitmap.Stylize(_transfer, style);
        Assert.Equal(_transfer.Stylize(content, regions).Bytes, Bitmaps.Bytes(styled));
        Assert.NotEqual(Bitmaps.Bytes(all), Bitmaps.Bytes(styled));
        // A part of a style.
        using SKBitmap painting = Bitmaps.Need(Bitmaps.Opaque(2), SKColorType.Rgba8888, SKAlphaType.Unpremul);
        PixelImage own = new(Bitmaps.Bytes(painting), Bitmaps.Width, Bitmaps.Height, 0, PixelLayout.Rgba32);
        byte[] expected = _transfer.Stylize(content, _transfer.PrepareStyle(own, new StyleMask(left, Bitmaps.Width, Bitmaps.Height))).Bytes;
        using SKBitmap part = bitmap.Stylize(_transfer, _transfer.PrepareStyle(painting, maskBitmap.ToStyleMask()));
        Assert.Equal(expected, Bitmaps.Bytes(part));
    }

    [Fact]
    public void OtherColorTypesAreRefused()
    {
        using SKBitmap colors = Bitmaps.Need(Bitmaps.Opaque(), SKColorType.Rgb565, SKAlphaType.Opaque), empty = new();
        string message = Assert.Throws<ArgumentException>(() => colors.ToStyleMask()).Message;
        Assert.StartsWith("The bitmap's color type is Rgb565; a mask is alpha only", message);
        Assert.StartsWith("The bitmap has no pixels: 0x0, Unknown.", Assert.Throws<ArgumentException>(() => empty.ToStyleMask()).Message);
    }

    // The shares as opaque gray or as alpha.
    private static PixelImage Shown(byte[] shares, bool isGray)
    {
        PixelImage rgba = new(Bitmaps.Width, Bitmaps.Height, PixelLayout.Rgba32);
        for (int i = 0; i < rgba.Bytes.Length; i++)
            rgba.Bytes[i] = isGray && i % 4 == 3 ? (byte)255 : shares[i / 4];
        return rgba;
    }
}
