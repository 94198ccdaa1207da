using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp.Tests;

public sealed class ImageTests : IDisposable
{
    private readonly StyleTransfer _transfer = Bitmaps.Transfer();

    public void Dispose() => _transfer.Dispose();

    [Theory]
    [InlineData(SKColorType.Bgra8888)]
    [InlineData(SKColorType.RgbaF16)]
    public void AnImageGivesTheBitmapsResult(SKColorType type)
    {
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Picture(), type, SKAlphaType.Premul, SKColorSpace.CreateSrgb()),
            painting = Bitmaps.Need(Bitmaps.Picture(2), type, SKAlphaType.Premul);
        using SKImage image = SKImage.FromBitmap(bitmap), paintingImage = SKImage.FromBitmap(painting);
        PreparedStyle style = _transfer.PrepareStyle(paintingImage);
        using SKBitmap expected = bitmap.Stylize(_transfer, style);
        using SKImage styled = image.Stylize(_transfer, style);
        Assert.Equal((type, SKAlphaType.Premul), (styled.ColorType, styled.AlphaType));
        Equal(expected, styled);
        using SKBitmap expectedOfTwo = bitmap.Stylize(_transfer, painting);
        using SKImage ofTwo = image.Stylize(_transfer, paintingImage);
        Equal(expectedOfTwo, ofTwo);
        StyleRegion[] regions = [new(null, style) { Strength = 0.3 }];
        using SKBitmap expectedOfRegions = bitmap.Stylize(_transfer, regions);
        using SKImage ofRegions = image.Stylize(_transfer, regions);
        Equal(expectedOfRegions, ofRegions);
    }

    [Fact]
    public void AnEncodedImageIsDecoded()
    {
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Opaque(), SKColorType.Rgba8888, SKAlphaType.Opaque, SKColorSpace.CreateSrgb());
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using SKImage encoded = SKImage.FromEncodedData(png);
        Assert.True(encoded.IsLazyGenerated);
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKImage styled = encoded.Stylize(_transfer, style);
        using SKBitmap expected = bitmap.Stylize(_transfer, style), actual = SKBitmap.FromImage(styled);
        Assert.Equal(0, Bitmaps.Difference(Bitmaps.Read(expected), Bitmaps.Read(actual)));
        Assert.Equal(bitmap.ToPixelImage().ToRgb().Bytes, encoded.ToPixelImage().ToRgb().Bytes);
    }

    private static void Equal(SKBitmap expected, SKImage actual)
    {
        using SKPixmap pixels = actual.PeekPixels();
        Assert.NotNull(pixels);
        byte[] bytes = pixels.GetPixelSpan().ToArray();
        Assert.Equal(expected.Bytes, bytes);
    }
}
